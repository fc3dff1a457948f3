using Reproduction.Network;

namespace Gallery.Perturbation;

/// <summary>Options of <see cref="NodePerturbation"/> and <see cref="WeightPerturbation"/>.</summary>
public sealed record PerturbationOptions
{
    [RuleOption("σ, the standard deviation of the noise", Minimum = 0, IsMinimumExcluded = true)]
    public double Deviation { get; init; } = 0.01;
}
