namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 4: the weights of three rules at 2048 units.</summary>
internal sealed class Figure4()
    : WeightsFigure(
        4,
        "how many of 2048 neurons learn anything, by rule?",
        [.. PublishedProtocol.LearningRules.Select(rule => (rule, 2048))]
    );
