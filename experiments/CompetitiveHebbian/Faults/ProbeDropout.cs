namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F9: the published probe without dropout.</summary>
internal sealed class ProbeDropout()
    : FaultExperiment(
        "F9",
        "fault-9-probe-dropout",
        "what does dropout on the features cost the published probe?",
        with: new("dropout 0.5", Setup.Published, PublishedProtocol.Published),
        without: new("no dropout", Setup.Published, PublishedProtocol.NoDropout),
        "The published probe drops half of the features in training, also of 32."
    );
