using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>What one step did at one layer, for those who record it.</summary>
/// <param name="Name"><c>hidden1</c>, …, <c>output</c>.</param>
/// <param name="Layer">Before its weights were changed.</param>
/// <param name="Record">Its part of the forward pass.</param>
/// <param name="Inputs">X̃, its inputs and the constant 1, (D + 1) × samples.</param>
/// <param name="Errors">What its pre-activations lack of their target, outputs × samples.</param>
/// <param name="Block">D_k, (D + 1) × k.</param>
/// <param name="Change">Of its weights and biases, outputs × (D + 1).</param>
internal sealed record LayerStep(
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
    /// What the pre-activations lack with the new weights; null in the lowest layer, where no activation step is made.
    /// </summary>
    public Matrix<float>? Remaining { get; init; }

    /// <summary>x′ − x, D × samples; null in the lowest layer.</summary>
    public Matrix<float>? Moved { get; init; }
}
