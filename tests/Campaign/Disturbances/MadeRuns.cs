using System.Globalization;
using System.Text.RegularExpressions;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Reads from a sweep's output how many runs it has made, searches included.</summary>
internal static partial class MadeRuns
{
    /// <exception cref="InvalidOperationException">The output does not say how many.</exception>
    public static int In(Executable.Outcome outcome) =>
        MadeNow().Matches(outcome.Output) is { Count: > 0 } matches
            ? matches.Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"no word of runs: {outcome.Output}");

    [GeneratedRegex(@"\(([0-9]+) made now")]
    private static partial Regex MadeNow();
}
