namespace Reproduction.CommandLine.Bench;

/// <summary>The seconds that a rule takes at one width.</summary>
/// <param name="Epoch">The seconds per epoch.</param>
/// <param name="StepBytes">The bytes that a step allocates, once buffers are made.</param>
/// <param name="Probes">The seconds per probe, by the probe's name.</param>
/// <param name="ProbeEpochs">The number of epochs of each probe that is trained by epochs, by name.</param>
internal sealed record RuleSpeed(
    string Rule,
    int Width,
    double Epoch,
    double StepBytes,
    IReadOnlyDictionary<string, double> Probes,
    IReadOnlyDictionary<string, double> ProbeEpochs
);
