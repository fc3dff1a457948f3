namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F10: the published probe on standardised features.</summary>
public sealed class FeatureScale : FaultExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-10-feature-scale";

    /// <inheritdoc/>
    public override string Summary => "F10: the published probe on standardised features";

    /// <inheritdoc/>
    private protected override string Fault => "F10";

    /// <inheritdoc/>
    private protected override FaultSide With => new("features as they are", Arm.Published, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override FaultSide Without => new("standardised features", Arm.Published, PublishedProtocol.Standardized);

    /// <inheritdoc/>
    private protected override string Explanation =>
        "Random keeps rows of norm 6.3, the own rule and HebbNet have unit rows: under one learning rate their features are not seen alike.";
}
