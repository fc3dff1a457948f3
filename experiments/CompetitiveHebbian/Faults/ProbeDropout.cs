namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F9: the published probe without dropout.</summary>
public sealed class ProbeDropout : FaultExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-9-probe-dropout";

    /// <inheritdoc/>
    public override string Summary => "F9: the published probe without dropout";

    /// <inheritdoc/>
    private protected override string Fault => "F9";

    /// <inheritdoc/>
    private protected override FaultSide With => new("dropout 0.5", Arm.Published, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override FaultSide Without => new("no dropout", Arm.Published, PublishedProtocol.NoDropout);

    /// <inheritdoc/>
    private protected override string Explanation =>
        "The published probe drops half of the features in training, also of 32.";
}
