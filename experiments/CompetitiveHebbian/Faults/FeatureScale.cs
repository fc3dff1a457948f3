namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F10: the published probe on standardised features.</summary>
internal sealed class FeatureScale()
    : FaultExperiment(
        "F10",
        "fault-10-feature-scale",
        "does the published probe prefer features of one scale?",
        with: new("features as they are", Setup.Published, PublishedProtocol.Published),
        without: new("standardised features", Setup.Published, PublishedProtocol.Standardized),
        "Random projections keep rows of norm 6.3, the competitive rule and HebbNet have unit rows: under one learning "
            + "rate their features are not seen alike."
    )
{
    /// <inheritdoc/>
    protected override bool KeepsSamples => true;
}
