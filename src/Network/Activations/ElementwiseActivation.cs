using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>An activation that acts on each unit independently of the others.</summary>
public abstract class ElementwiseActivation : Activation
{
    /// <inheritdoc/>
    public sealed override void Apply(Matrix<float> preActivation, Matrix<float> output) =>
        Apply(preActivation.AsColumnMajorArray(), output.AsColumnMajorArray());

    /// <inheritdoc/>
    public sealed override void PullBack(Matrix<float> preActivation, Matrix<float> output, Matrix<float> gradient) =>
        PullBack(preActivation.AsColumnMajorArray(), output.AsColumnMajorArray(), gradient.AsColumnMajorArray());

    /// <summary>Computes y = f(u), element by element.</summary>
    protected abstract void Apply(ReadOnlySpan<float> preActivation, Span<float> output);

    /// <summary>Multiplies the gradient by the derivative: gradient ← gradient · f′(u), element by element.</summary>
    protected abstract void PullBack(
        ReadOnlySpan<float> preActivation,
        ReadOnlySpan<float> output,
        Span<float> gradient
    );
}
