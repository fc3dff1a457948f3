namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F1: the published probe with one softmax instead of two.</summary>
internal sealed class DoubledSoftmax()
    : FaultExperiment(
        "F1",
        "fault-1-doubled-softmax",
        "does the published probe fail for its second softmax?",
        with: new("two softmaxes", Setup.Published, PublishedProtocol.Published),
        without: new("one softmax", Setup.Published, PublishedProtocol.SingleSoftmax),
        "The published probe puts softmax into the logits of a softmax cross-entropy. The loss "
            + "saturates, gradients vanish, and classes that fall behind are never predicted again. Where "
            + "classes are still missing with one softmax, other faults do it too: see probe-factorial."
    );
