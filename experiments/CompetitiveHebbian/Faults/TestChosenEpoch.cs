namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F5: the epoch chosen on test data against the epoch chosen on validation data.</summary>
public sealed class TestChosenEpoch : FaultExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-5-test-chosen-epoch";

    /// <inheritdoc/>
    public override string Summary => "F5: the epoch chosen on test data against the epoch chosen on validation data";

    /// <inheritdoc/>
    private protected override string Fault => "F5";

    /// <inheritdoc/>
    private protected override FaultSide With => new("chosen on test", Arm.Published, PublishedProtocol.Validated, "testChosenAccuracy");

    /// <inheritdoc/>
    private protected override FaultSide Without => new("chosen on validation", Arm.Published, PublishedProtocol.Validated);

    /// <inheritdoc/>
    private protected override string Explanation =>
        "One and the same training of the published probe on all but the last 10,000 training samples; the epoch whose test accuracy is reported is chosen once on the test samples (stop and maximum, as published), once on the held-out ones.";
}
