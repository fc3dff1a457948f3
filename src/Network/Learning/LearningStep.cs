using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>All that a rule gets to see of one batch.</summary>
/// <param name="Network">To be read, not changed.</param>
/// <param name="Forward">The record of the batch's forward pass.</param>
/// <param name="Targets">Outputs × samples, one-hot for classes, real numbers for regression; null unless the rule
/// declared <see cref="Supervision.Target"/>.</param>
/// <param name="State">What <see cref="ILearningRule.CreateState"/> made, as the rule left it.</param>
/// <param name="Random">The run's named streams, for rules that draw.</param>
public sealed record LearningStep(
    FeedForwardNetwork Network,
    ForwardRecord Forward,
    Matrix<float>? Targets,
    object? State,
    RandomStreams Random
)
{
    /// <summary>One a sample; null unless the rule declared <see cref="Supervision.ScalarError"/>.</summary>
    public float[]? Errors { get; init; }
}
