using Reproduction.Statistics;

namespace Reproduction.Studies.Results;

/// <summary>The test samples that runs got right, as a table of <see cref="CorrectRow"/> has them.</summary>
public sealed class CorrectSamples(IReadOnlyList<CorrectRow> rows)
{
    private readonly Dictionary<(string RunId, string Probe), CorrectRow> byRun = rows.ToDictionary(row =>
        (row.RunId, row.Probe)
    );

    /// <summary>
    /// 1 for each seed and test sample that a probe got right, else 0; runs that diverged are left out.
    /// </summary>
    public SampleTable Of(string probe, IEnumerable<(long Seed, string RunId)> runs)
    {
        (long Seed, CorrectRow Row)[] found =
        [
            .. from run in runs
            where byRun.ContainsKey((run.RunId, probe))
            select (run.Seed, byRun[(run.RunId, probe)]),
        ];
        return SampleTable.Right(
            found.Select(run => (run.Seed, run.Row.Bits)),
            found.Length > 0 ? found[0].Row.Samples : 0
        );
    }
}
