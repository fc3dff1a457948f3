using Reproduction.Evaluation.Records;
using Reproduction.Statistics;

namespace Reproduction.Studies.Results;

/// <summary>The test samples that runs got right, as a table of <see cref="CorrectRow"/> has them.</summary>
public sealed class CorrectSamples(IReadOnlyList<CorrectRow> rows)
{
    private readonly Dictionary<(string RunId, string Probe), CorrectRow> byRun = rows.ToDictionary(row =>
        (row.RunId, row.Probe)
    );

    /// <summary>
    /// 1 for each seed and test sample that a probe got right, else 0. A run that diverged has no samples that it got
    /// right.
    /// </summary>
    /// <exception cref="ResultsException">Runs have different numbers of test samples.</exception>
    public SampleTable Of(string probe, IEnumerable<(long Seed, string RunId)> runs)
    {
        (long Seed, CorrectRow? Row)[] found =
        [
            .. runs.Select(run => (run.Seed, byRun.GetValueOrDefault((run.RunId, probe)))),
        ];

        // Where every run diverged, the other arms' say how many test samples there are.
        IEnumerable<CorrectRow> counted = found.Any(run => run.Row is not null)
            ? found.Select(run => run.Row).OfType<CorrectRow>()
            : rows.Where(row => row.Probe == probe);
        int[] samples = [.. counted.Select(row => row.Samples).Distinct()];
        return samples switch
        {
            [] => SampleTable.Of([]),
            [var count] => SampleTable.Right(found.Select(run => (run.Seed, run.Row?.Bits)), count),
            _ => throw new ResultsException(
                $"probe {probe}: runs on {string.Join(" and ", samples)} test samples; make them again on the same data"
            ),
        };
    }
}
