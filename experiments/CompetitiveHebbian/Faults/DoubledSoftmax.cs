namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F1: the published probe with one softmax instead of two.</summary>
public sealed class DoubledSoftmax : FaultExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-1-doubled-softmax";

    /// <inheritdoc/>
    public override string Summary => "F1: the published probe with one softmax instead of two";

    /// <inheritdoc/>
    private protected override string Fault => "F1";

    /// <inheritdoc/>
    private protected override FaultSide With => new("two softmaxes", Arm.Published, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override FaultSide Without => new("one softmax", Arm.Published, PublishedProtocol.SingleSoftmax);

    /// <inheritdoc/>
    private protected override string Explanation =>
        "The published probe puts softmax into the logits of a softmax cross-entropy. The loss saturates, gradients vanish, and classes that fall behind are never predicted again.";
}
