namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F7: MNIST's mean and deviation for all data against the data set's own.</summary>
internal sealed class InputConstants()
    : FaultExperiment(
        "F7",
        "fault-7-input-constants",
        "do MNIST's mean and deviation do for other data?",
        with: new("MNIST's constants", Setup.Published, PublishedProtocol.Published),
        without: new("own constants", Setup.Corrected, PublishedProtocol.Published),
        "The paper normalises every data set, and all three colour channels, with MNIST's mean and deviation."
    )
{
    /// <inheritdoc/>
    protected override bool KeepsSamples => true;

    /// <inheritdoc/>
    protected override bool IsTestable(string dataSet) => !PublishedProtocol.HasMnistScaling(dataSet);
}
