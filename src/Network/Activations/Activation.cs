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
    /// The sign of a unit's outputs, +1 or −1, where the activation fixes it per unit (signed rectifiers); +1 for all
    /// other activations.
    /// </summary>
    /// <param name="unit">The unit's index in the layer, from 0.</param>
    public virtual float SignOf(int unit) => 1f;

    /// <summary>Computes y = f(u).</summary>
    /// <param name="preActivation">u, units × samples.</param>
    /// <param name="output">y, units × samples; overwritten.</param>
    public abstract void Apply(Matrix<float> preActivation, Matrix<float> output);

    /// <summary>Applies the chain rule: ∂L/∂u = J(u)ᵀ ∂L/∂y, with J the Jacobian of f.</summary>
    /// <param name="preActivation">u, units × samples.</param>
    /// <param name="output">y = f(u), units × samples.</param>
    /// <param name="gradient">∂L/∂y on entry, ∂L/∂u on return.</param>
    public abstract void PullBack(Matrix<float> preActivation, Matrix<float> output, Matrix<float> gradient);

    /// <summary>Computes u = f⁻¹(y).</summary>
    /// <param name="output">y, units × samples.</param>
    /// <param name="preActivation">u, units × samples; overwritten.</param>
    /// <exception cref="NotSupportedException">f has no inverse; see <see cref="IsInvertible"/>.</exception>
    public virtual void Invert(Matrix<float> output, Matrix<float> preActivation) =>
        throw new NotSupportedException(
            $"The activation '{Name}' has no inverse; invertible are: {string.Join(", ", Activations.Invertible)}."
        );

    /// <inheritdoc/>
    public override string ToString() => Name;
}
