namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F5: the epoch chosen on test data against the epoch chosen on validation data.</summary>
internal sealed class TestChosenEpoch()
    : FaultExperiment(
        "F5",
        "fault-5-test-chosen-epoch",
        "how much is gained by choosing the epoch on test data?",
        with: new("chosen on test", Setup.Published, PublishedProtocol.Validated, IsTestChosen: true),
        without: new("chosen on validation", Setup.Published, PublishedProtocol.Validated),
        "One and the same training of the published probe on all but the last 10,000 training samples; "
            + "the epoch whose test accuracy is reported is chosen once on the test samples (stop and maximum, "
            + "as published), once on the held-out ones."
    );
