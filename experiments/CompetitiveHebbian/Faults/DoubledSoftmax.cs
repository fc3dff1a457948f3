namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F1: the published probe with one softmax instead of two.</summary>
public sealed class DoubledSoftmax()
    : FaultExperiment(
        "F1",
        "fault-1-doubled-softmax",
        "the published probe with one softmax instead of two",
        with: new("two softmaxes", Arm.Published, PublishedProtocol.Published),
        without: new("one softmax", Arm.Published, PublishedProtocol.SingleSoftmax),
        "The published probe puts softmax into the logits of a softmax cross-entropy. The loss "
            + "saturates, gradients vanish, and classes that fall behind are never predicted again. Where "
            + "classes are still missing with one softmax, other faults do it too: see probe-factorial."
    );
