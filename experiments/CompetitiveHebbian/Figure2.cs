namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 2: the own rule's weights at every width.</summary>
public sealed class Figure2()
    : WeightsFigure(
        2,
        "own rule: weights at every width",
        [.. PublishedProtocol.Widths.Select(width => (PublishedProtocol.OwnRule, width))]
    );
