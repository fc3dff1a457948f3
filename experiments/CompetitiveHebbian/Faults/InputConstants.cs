namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F7: MNIST's mean and deviation for all data against the data set's own.</summary>
public sealed class InputConstants : FaultExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-7-input-constants";

    /// <inheritdoc/>
    public override string Summary => "F7: MNIST's mean and deviation for all data against the data set's own";

    /// <inheritdoc/>
    private protected override string Fault => "F7";

    /// <inheritdoc/>
    private protected override FaultSide With => new("MNIST's constants", Arm.Published, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override FaultSide Without => new("own constants", Arm.Corrected, PublishedProtocol.Published);

    /// <inheritdoc/>
    private protected override string Explanation =>
        "The paper normalises every data set, and all three colour channels, with MNIST's mean and deviation.";

    /// <inheritdoc/>
    private protected override bool IsTestable(string dataSet) => !PublishedProtocol.HasMnistScaling(dataSet);
}
