namespace Reproduction.Evaluation.Probes;

/// <summary>The faults of the published probe that a variant of it does without.</summary>
[Flags]
public enum ProbeRepairs
{
    /// <summary>The probe as it was published.</summary>
    None = 0,

    /// <summary>One softmax in the loss, none in the head.</summary>
    SingleSoftmax = 1,

    /// <summary>All features are there in training.</summary>
    NoDropout = 2,

    /// <summary>
    /// The last training samples, not the test samples, choose the epoch; the head is trained on the others.
    /// </summary>
    Validation = 4,

    /// <summary>Every feature has mean 0 and variance 1 over the samples the head is trained on.</summary>
    Standardized = 8,
}
