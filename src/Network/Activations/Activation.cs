using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// A layer's nonlinearity y = f(u), applied to each sample (column) on its own. It may couple the units of a sample.
/// </summary>
public abstract class Activation
{
    /// <summary>The name used in specs and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether <see cref="Invert"/> works: f is a bijection onto its range.</summary>
    public virtual bool IsInvertible => false;

    /// <summary>
    /// The sign of what a unit puts out, where all it puts out has one: +1 or −1 for signed rectifiers.
    /// </summary>
    /// <param name="unit">Its index in the layer.</param>
    public virtual float SignOf(int unit) => 1f;

    /// <summary>y = f(u).</summary>
    /// <param name="preActivation">u, units × samples.</param>
    /// <param name="output">y, overwritten; the same shape.</param>
    public abstract void Apply(Matrix<float> preActivation, Matrix<float> output);

    /// <summary>∂L/∂u = J(u)ᵀ ∂L/∂y: the derivative as it is used, by the chain rule.</summary>
    /// <param name="preActivation">u, units × samples.</param>
    /// <param name="output">y = f(u).</param>
    /// <param name="gradient">∂L/∂y on entry, ∂L/∂u on return.</param>
    public abstract void PullBack(Matrix<float> preActivation, Matrix<float> output, Matrix<float> gradient);

    /// <summary>u = f⁻¹(y).</summary>
    /// <exception cref="NotSupportedException">f has no inverse; see <see cref="IsInvertible"/>.</exception>
    public virtual void Invert(Matrix<float> output, Matrix<float> preActivation) =>
        throw new NotSupportedException(
            $"The activation '{Name}' has no inverse; invertible are: {string.Join(", ", Activations.Invertible)}."
        );

    /// <inheritdoc/>
    public override string ToString() => Name;
}
