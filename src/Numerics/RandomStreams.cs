namespace Reproduction.Numerics;

/// <summary>
/// The named sources of randomness of one run: <c>init</c>, <c>shuffle</c>, <c>dropout</c>, <c>probe</c> and whatever else a part asks
/// for. A stream is a pure function of the seed and its name, so drawing more from one never moves another.
/// </summary>
public sealed class RandomStreams(long seed)
{
    private readonly Dictionary<string, RandomStream> opened = [];

    public long Seed { get; } = seed;

    /// <summary>The stream of that name. Asking again gives the same object, wherever its last user left it.</summary>
    public RandomStream this[string name]
    {
        get
        {
            if (!opened.TryGetValue(name, out RandomStream? stream))
            {
                opened[name] = stream = RandomStream.Create(Seed, name);
            }

            return stream;
        }
    }
}
