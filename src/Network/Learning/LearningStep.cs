using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>Everything that a learning rule may see of one batch.</summary>
/// <param name="Network">The network. The rule may read it but not change it.</param>
/// <param name="Forward">The record of the batch's forward pass.</param>
/// <param name="Targets">The targets, outputs × samples: one-hot for classes, real numbers for regression. Null unless
/// the rule declared <see cref="Supervision.Target"/>.</param>
/// <param name="State">The state that <see cref="ILearningRule.CreateState"/> made, as the rule's last step left
/// it.</param>
/// <param name="Random">The run's named random streams, for rules that draw random numbers.</param>
public sealed record LearningStep(
    FeedForwardNetwork Network,
    ForwardRecord Forward,
    Matrix<float>? Targets,
    object? State,
    RandomStreams Random
)
{
    /// <summary>
    /// The scalar errors, one per sample; null unless the rule declared <see cref="Supervision.ScalarError"/>.
    /// </summary>
    public float[]? Errors { get; init; }
}
