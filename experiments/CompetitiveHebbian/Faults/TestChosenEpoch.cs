namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F5: the epoch chosen on test data against the epoch chosen on validation data.</summary>
public sealed class TestChosenEpoch()
    : FaultExperiment(
        "F5",
        "fault-5-test-chosen-epoch",
        "the epoch chosen on test data against the epoch chosen on validation data",
        with: new("chosen on test", Arm.Published, PublishedProtocol.Validated, "testChosenAccuracy"),
        without: new("chosen on validation", Arm.Published, PublishedProtocol.Validated),
        "One and the same training of the published probe on all but the last 10,000 training samples; "
            + "the epoch whose test accuracy is reported is chosen once on the test samples (stop and maximum, "
            + "as published), once on the held-out ones."
    );
