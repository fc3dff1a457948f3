namespace Reproduction.Evaluation.Probes;

/// <summary>The faults of the published probe that a variant of it repairs.</summary>
[Flags]
public enum ProbeRepairs
{
    /// <summary>The probe as it was published.</summary>
    None = 0,

    /// <summary>The softmax is applied in the loss only, not in the head.</summary>
    SingleSoftmax = 1,

    /// <summary>Training uses all features, without dropout.</summary>
    NoDropout = 2,

    /// <summary>
    /// The epoch is chosen on the last training samples, not on the test samples; the head is trained on the other
    /// training samples.
    /// </summary>
    Validation = 4,

    /// <summary>Every feature has mean 0 and variance 1 over the samples on which the head is trained.</summary>
    Standardized = 8,
}
