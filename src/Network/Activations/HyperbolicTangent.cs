using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>f(u) = tanh u, range (−1, 1).</summary>
public sealed class HyperbolicTangent : ElementwiseActivation
{
    /// <inheritdoc/>
    public override string Name => "tanh";

    /// <inheritdoc/>
    public override bool IsInvertible => true;

    /// <summary>Computes u = artanh y: infinite at y = ±1, NaN beyond.</summary>
    public override void Invert(Matrix<float> output, Matrix<float> preActivation) =>
        TensorPrimitives.Atanh(output.AsColumnMajorArray(), preActivation.AsColumnMajorArray());

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> preActivation, Span<float> output) =>
        TensorPrimitives.Tanh(preActivation, output);

    /// <inheritdoc/>
    protected override void PullBack(
        ReadOnlySpan<float> preActivation,
        ReadOnlySpan<float> output,
        Span<float> gradient
    )
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= 1f - (output[i] * output[i]);
        }
    }
}
