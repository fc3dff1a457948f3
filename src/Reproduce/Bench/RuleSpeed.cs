namespace Reproduction.CommandLine.Bench;

/// <summary>Seconds that a rule takes at a width.</summary>
/// <param name="Epoch">Of one pass over the training data.</param>
/// <param name="Probes">Of each probe, by name.</param>
/// <param name="ProbeEpochs">How many epochs a probe that is trained by epochs took, by name.</param>
internal sealed record RuleSpeed(
    string Rule,
    int Width,
    double Epoch,
    IReadOnlyDictionary<string, double> Probes,
    IReadOnlyDictionary<string, double> ProbeEpochs
);
