namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 5: all weights of the competitive rule at 32 units (printed for CIFAR-10).</summary>
internal sealed class Figure5()
    : WeightsFigure(
        5,
        "what have all 32 neurons of the competitive rule learned?",
        [(PublishedProtocol.Competitive, 32)],
        neurons: 32,
        tilesPerRow: 6
    );
