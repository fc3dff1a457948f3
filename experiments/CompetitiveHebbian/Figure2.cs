namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 2: the own rule's weights at every width.</summary>
public sealed class Figure2 : WeightsFigure
{
    /// <inheritdoc/>
    public override string Name => "figure-2";

    /// <inheritdoc/>
    public override string Summary => "own rule: weights at every width";

    /// <inheritdoc/>
    private protected override string Title => "Figure 2";

    /// <inheritdoc/>
    private protected override IReadOnlyList<(PaperRule Rule, int Width)> Panels => [.. PublishedProtocol.Widths.Select(width => (PublishedProtocol.OwnRule, width))];
}
