using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// The intermediate results of target propagation for one proposal, for instruments that measure them. The matrices are
/// overwritten at the next proposal.
/// </summary>
/// <param name="Steps">The steps, one per layer, from the output layer down.</param>
/// <param name="Pass">How targets passed the activations.</param>
public sealed record TargetPropagationWorkings(IReadOnlyList<LayerStep> Steps, ActivationPass Pass);

/// <summary>The intermediate results of one training step at one layer.</summary>
/// <param name="Name">The layer's name: <c>hidden1</c>, …, <c>output</c>.</param>
/// <param name="Layer">The layer, whose weights are not yet changed.</param>
/// <param name="Record">The layer's part of the forward pass.</param>
/// <param name="Inputs">X̃, the layer's inputs and the constant 1, (D + 1) × samples.</param>
/// <param name="Errors">dY, the targets minus the pre-activations, outputs × samples.</param>
/// <param name="Block">D_k, the block of directions, (D + 1) × k.</param>
/// <param name="Change">The proposed change of weights and biases, outputs × (D + 1).</param>
public sealed record LayerStep(
    string Name,
    DenseLayer Layer,
    LayerRecord Record,
    Matrix<float> Inputs,
    Matrix<float> Errors,
    Matrix<float> Block,
    Matrix<float> Change
)
{
    /// <summary>
    /// The targets minus the pre-activations with the new weights, outputs × samples; null in the lowest layer, which
    /// has no activation step.
    /// </summary>
    public Matrix<float>? Remaining { get; init; }

    /// <summary>x′ − x, D × samples; null in the lowest layer.</summary>
    public Matrix<float>? Moved { get; init; }
}
