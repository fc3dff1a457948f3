using System.Globalization;
using System.Text.RegularExpressions;

namespace Reproduction.Campaign.Faults;

/// <summary>How many runs a sweep says that it has made, searches included.</summary>
internal static partial class MadeRuns
{
    /// <exception cref="InvalidOperationException">It says nothing of it.</exception>
    public static int In(Executable.Outcome outcome) =>
        MadeNow().Matches(outcome.Output) is { Count: > 0 } matches
            ? matches.Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"no word of runs: {outcome.Output}");

    [GeneratedRegex(@"\(([0-9]+) made now")]
    private static partial Regex MadeNow();
}
