namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What is compared in a fault's experiment: the measure of a probe on an arm's networks.</summary>
/// <param name="Label">On tables.</param>
/// <param name="Measure">A column of <see cref="ProbeTable"/> with an accuracy.</param>
internal sealed record FaultSide(string Label, Arm Arm, string Probe, string Measure = "testAccuracy");
