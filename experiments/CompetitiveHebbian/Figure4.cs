namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 4: the weights of three rules at 2048 units.</summary>
public sealed class Figure4 : WeightsFigure
{
    /// <inheritdoc/>
    public override string Name => "figure-4";

    /// <inheritdoc/>
    public override string Summary => "weights of three rules at 2048 units";

    /// <inheritdoc/>
    private protected override string Title => "Figure 4";

    /// <inheritdoc/>
    private protected override IReadOnlyList<(PaperRule Rule, int Width)> Panels => [.. PublishedProtocol.LearningRules.Select(rule => (rule, 2048))];
}
