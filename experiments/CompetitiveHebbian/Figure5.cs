namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 5: all weights of the own rule at 32 units (printed for CIFAR-10).</summary>
public sealed class Figure5 : WeightsFigure
{
    /// <inheritdoc/>
    public override string Name => "figure-5";

    /// <inheritdoc/>
    public override string Summary => "own rule, 32 units: all weights at full size";

    /// <inheritdoc/>
    private protected override string Title => "Figure 5";

    /// <inheritdoc/>
    private protected override IReadOnlyList<(PaperRule Rule, int Width)> Panels => [(PublishedProtocol.OwnRule, 32)];

    /// <inheritdoc/>
    private protected override int Neurons => 32;

    /// <inheritdoc/>
    private protected override int TilesPerRow => 6;
}
