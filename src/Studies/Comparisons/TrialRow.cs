using CsvHelper;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Comparisons;

/// <summary>A trial of a learning rate, or of the scale of initial weights where nothing is learned.</summary>
/// <param name="InitialScale">What the initial weights are multiplied by.</param>
/// <param name="ValidationAccuracy">
/// The accuracy on validation samples of the probe on the last hidden layer, which decides; null if the trial diverged.
/// </param>
[CsvRecord]
public sealed partial record TrialRow(RunRow Run, double InitialScale, double? ValidationAccuracy) : ISeeded
{
    /// <inheritdoc/>
    [CsvIgnore]
    public long Seed => Run.Seed;

    /// <summary>The row of a trial.</summary>
    /// <param name="arm">The name of the arm whose setting is searched.</param>
    /// <param name="probe">The probe that decides.</param>
    public static TrialRow Of(string arm, RunRecord record, string probe)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new TrialRow(RunRow.Of(arm, record), record.Spec.InitialScale, Score(record, probe));
    }

    /// <summary>What decides between trials; null if this one diverged.</summary>
    public static double? Score(RunRecord record, string probe)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Measure(MeasureNames.Probe(probe, "validationAccuracy"));
    }

    /// <summary>
    /// Says which arms took the smallest or largest learning rate that was tried, so that a better one may lie beyond;
    /// null if none did.
    /// </summary>
    /// <param name="chosen">Arms, the units of their hidden layers, and the rates that they took.</param>
    public static string? Edges(
        IEnumerable<TrialRow> trials,
        IEnumerable<(string Arm, string Hidden, double Rate)> chosen
    )
    {
        ILookup<(string, string), double> tried = trials.ToLookup(
            row => (row.Run.Arm, row.Run.Hidden),
            row => row.Run.LearningRate
        );
        string[] arms =
        [
            .. from one in chosen
            let rates = tried[(one.Arm, one.Hidden)]
            where rates.Any() && (one.Rate <= rates.Min() || one.Rate >= rates.Max())
            select one.Arm,
        ];
        return arms.Length > 0
            ? "The smallest or largest learning rate that was tried is the best for "
                + $"{string.Join(", ", arms.Distinct())}."
            : null;
    }
}
