using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>f(u) = u.</summary>
public sealed class Identity : ElementwiseActivation
{
    /// <inheritdoc/>
    public override string Name => "identity";

    /// <inheritdoc/>
    public override bool IsInvertible => true;

    /// <inheritdoc/>
    public override void Invert(Matrix<float> output, Matrix<float> preActivation) => output.CopyTo(preActivation);

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> preActivation, Span<float> output) =>
        preActivation.CopyTo(output);

    /// <inheritdoc/>
    protected override void PullBack(
        ReadOnlySpan<float> preActivation,
        ReadOnlySpan<float> output,
        Span<float> gradient
    ) { }
}
