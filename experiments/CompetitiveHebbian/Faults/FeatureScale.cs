namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F10: the published probe on standardised features.</summary>
public sealed class FeatureScale()
    : FaultExperiment(
        "F10",
        "fault-10-feature-scale",
        "the published probe on standardised features",
        with: new("features as they are", Arm.Published, PublishedProtocol.Published),
        without: new("standardised features", Arm.Published, PublishedProtocol.Standardized),
        "Random keeps rows of norm 6.3, the own rule and HebbNet have unit rows: under one learning rate "
            + "their features are not seen alike."
    );
