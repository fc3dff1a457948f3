namespace Reproduction.Experiments.Families;

/// <summary>All rules on one hidden layer.</summary>
internal sealed class IsItLearningOneLayer() : RulesOnLayers(layers: 1)
{
    /// <inheritdoc/>
    public override string Name => "one-layer";

    /// <inheritdoc/>
    public override string Question =>
        "Which rules learn features that random projections do not have in a single layer?";
}
