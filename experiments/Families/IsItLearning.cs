namespace Reproduction.Experiments.Families;

/// <summary>All rules on two hidden layers: the poster of the suite.</summary>
internal sealed class IsItLearning() : RulesOnLayers(layers: 2)
{
    /// <inheritdoc/>
    public override string Name => "is-it-learning";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Question =>
        "Which rules learn features that random projections do not have, in the first and in the second layer?";
}
