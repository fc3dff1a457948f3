namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 2: the weights of the paper's own rule at every width.</summary>
internal sealed class Figure2()
    : WeightsFigure(
        2,
        "own rule: weights at every width",
        [.. PublishedProtocol.Widths.Select(width => (PublishedProtocol.OwnRule, width))]
    );
