namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>One side of a fault's experiment: the accuracy of a probe on the networks of a set-up.</summary>
/// <param name="Label">The side's name on tables.</param>
/// <param name="IsTestChosen">Whether the accuracy is that of the epoch chosen on test data.</param>
internal sealed record FaultSide(string Label, Setup Setup, string Probe, bool IsTestChosen = false)
{
    /// <summary>The side's accuracy in percent.</summary>
    public double? Accuracy(ProbeRow row) => 100 * (IsTestChosen ? row.TestChosenAccuracy : row.TestAccuracy);
}
