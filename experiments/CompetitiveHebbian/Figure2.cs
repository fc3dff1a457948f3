namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 2: the weights of the competitive rule at every width.</summary>
internal sealed class Figure2()
    : WeightsFigure(
        2,
        "what do neurons of the competitive rule learn in layers of each width?",
        [.. PublishedProtocol.Widths.Select(width => (PublishedProtocol.Competitive, width))],
        isAnimated: true
    );
