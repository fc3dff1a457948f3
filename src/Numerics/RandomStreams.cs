namespace Reproduction.Numerics;

/// <summary>
/// The named random streams of one run: <c>init</c>, <c>shuffle</c>, <c>dropout</c>, <c>probe</c> and any others that
/// the code asks for. A stream is a pure function of the seed and its name, so drawing more from one stream never
/// affects another.
/// </summary>
public sealed class RandomStreams(long seed)
{
    private string prefix = "";

    private readonly Dictionary<string, RandomStream> opened = [];

    private readonly List<RandomStreams> parts = [];

    public long Seed { get; } = seed;

    /// <summary>The names of the streams requested so far, including those within parts.</summary>
    public IEnumerable<string> Opened =>
        opened.Keys.Select(name => prefix + name).Concat(parts.SelectMany(part => part.Opened));

    /// <summary>
    /// Creates separate streams for a part that uses common names: <c>Within("probe")["init"]</c> is the stream
    /// <c>probe/init</c>.
    /// </summary>
    public RandomStreams Within(string part)
    {
        RandomStreams within = new(Seed) { prefix = $"{prefix}{part}/" };
        parts.Add(within);
        return within;
    }

    /// <summary>
    /// The stream of that name. A second request returns the same object, at the position where its last user left it.
    /// </summary>
    public RandomStream this[string name]
    {
        get
        {
            if (!opened.TryGetValue(name, out RandomStream? stream))
            {
                opened[name] = stream = RandomStream.Create(Seed, prefix + name);
            }

            return stream;
        }
    }
}
