using System.Globalization;
using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>What the training of an arm on a network took, so that a rule that trains longer is seen to.</summary>
/// <param name="Hidden">Units of the hidden layers, separated by spaces.</param>
/// <param name="InitialScale">What the initial weights of its random projections were multiplied by.</param>
/// <param name="Seconds">Seconds of training, mean over runs, on the machines that made them.</param>
/// <param name="MultiplyAddsPerSample">Multiply-adds of products of matrices for a sample in one pass.</param>
[CsvRecord]
public sealed partial record CostRow(
    string Arm,
    string Hidden,
    int Epochs,
    int Batch,
    string Optimizer,
    double LearningRate,
    double InitialScale,
    int Steps,
    double Seconds,
    double? MultiplyAddsPerSample
)
{
    /// <summary>Multiply-adds for a sample in all passes, in millions; empty if the rule takes no steps.</summary>
    [CsvIgnore]
    public string MillionsText =>
        MultiplyAddsPerSample is { } count
            ? (Epochs * count / 1e6).ToString("0.##", CultureInfo.InvariantCulture)
            : Drawing.Cells.NotRun;

    /// <summary>The row of an arm on a network.</summary>
    /// <param name="contests">Its runs, at least one.</param>
    public static CostRow Of(IReadOnlyList<Contest> contests)
    {
        ArgumentNullException.ThrowIfNull(contests);
        RunRecord first = (
            contests.FirstOrDefault(contest => contest.Learned.Divergence is null) ?? contests[0]
        ).Learned;
        RunSpec spec = first.Spec;
        return new CostRow(
            contests[0].Rule,
            string.Join(' ', spec.Hidden),
            spec.Epochs,
            spec.Batch,
            KebabCase.From(spec.Optimizer),
            spec.LearningRate,
            contests[0].Random.Spec.InitialScale,
            first.Steps,
            contests.Average(contest => contest.Learned.Seconds.GetValueOrDefault("train")),
            first.Measure(MeasureNames.MultiplyAdds)
        );
    }
}
