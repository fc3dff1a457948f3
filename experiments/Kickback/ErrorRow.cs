using CsvHelper;

namespace Reproduction.Experiments.Kickback;

/// <summary>The errors of one run of an arm.</summary>
/// <param name="Status"><c>finished</c> or <c>diverged</c>.</param>
/// <param name="Steps">Training steps taken.</param>
/// <param name="TestNmse">Normalised mean squared error on test samples; empty if the run diverged.</param>
/// <param name="ValidationNmse">The same error on validation samples.</param>
[CsvRecord]
internal sealed partial record ErrorRow(
    KickbackArm Arm,
    double LearningRate,
    long Seed,
    string RunId,
    string Status,
    int Steps,
    double? TestNmse,
    double? ValidationNmse
) : ISeeded
{
    // A run has learned if it explains at least half of the validation targets' variance; a network of dead units
    // explains nothing.
    private const double Learned = 0.5;

    /// <summary>Whether the run explains at least half of the validation targets' variance.</summary>
    [CsvIgnore]
    public bool HasLearned => ValidationNmse < Learned;
}
