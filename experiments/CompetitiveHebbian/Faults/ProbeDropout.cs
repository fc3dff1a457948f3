namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F9: the published probe without dropout.</summary>
public sealed class ProbeDropout()
    : FaultExperiment(
        "F9",
        "fault-9-probe-dropout",
        "the published probe without dropout",
        with: new("dropout 0.5", Arm.Published, PublishedProtocol.Published),
        without: new("no dropout", Arm.Published, PublishedProtocol.NoDropout),
        "The published probe drops half of the features in training, also of 32."
    );
