namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F2: the layer normalisation that the text has and the code never built.</summary>
public sealed class LayerNormalizationNeverBuilt : FaultExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-2-layer-normalization";

    /// <inheritdoc/>
    public override string Summary => "F2: the layer normalisation that the text has and the code never built";

    /// <inheritdoc/>
    private protected override string Fault => "F2";

    /// <inheritdoc/>
    private protected override FaultSide With => new("none, as coded", Arm.Published, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override FaultSide Without => new("layer normalisation", Arm.LayerNormalized, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override string Explanation =>
        "The text normalises the inputs of every layer; the code overwrote the option before use. Without it is trained and probed with layer normalisation before both layers, and nothing else changed.";
}
