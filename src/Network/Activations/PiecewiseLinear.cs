using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Lanes = System.Numerics.Vector<float>;
using Vector = System.Numerics.Vector;

namespace Reproduction.Network;

/// <summary>
/// f(u) = a·u for u &gt; 0 and b·u otherwise. (a, b) is (1, 0) for ReLU, (1, slope) for leaky ReLU and (2, 1) for
/// x + ReLU(x). Invertible if both slopes are positive. At u = 0 the derivative is b.
/// </summary>
public sealed class PiecewiseLinear : ElementwiseActivation
{
    private readonly float above;
    private readonly float below;

    private PiecewiseLinear(string name, float above, float below)
    {
        Name = name;
        this.above = above;
        this.below = below;
    }

    /// <summary>ReLU: f(u) = max(u, 0).</summary>
    public static PiecewiseLinear Relu { get; } = new("relu", 1f, 0f);

    /// <summary>x + ReLU(x): f(u) = u + max(u, 0).</summary>
    public static PiecewiseLinear XPlusRelu { get; } = new("x-plus-relu", 2f, 1f);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool IsInvertible => above > 0f && below > 0f;

    /// <summary>Leaky ReLU: f(u) = u for u &gt; 0, slope·u otherwise.</summary>
    /// <param name="slope">The slope for u ≤ 0, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is outside (0, 1).</exception>
    public static PiecewiseLinear LeakyRelu(float slope = 0.01f)
    {
        if (!(slope > 0f && slope < 1f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(slope),
                slope,
                "A leaky ReLU's slope lies between 0 and 1, both excluded."
            );
        }

        return new PiecewiseLinear(
            slope == 0.01f ? "leaky-relu" : string.Create(CultureInfo.InvariantCulture, $"leaky-relu:{slope}"),
            1f,
            slope
        );
    }

    /// <inheritdoc/>
    public override void Invert(Matrix<float> output, Matrix<float> preActivation)
    {
        if (!IsInvertible)
        {
            base.Invert(output, preActivation);
        }

        ReadOnlySpan<float> y = output.AsColumnMajorArray();
        Span<float> u = preActivation.AsColumnMajorArray();
        for (int i = 0; i < y.Length; i++)
        {
            u[i] = y[i] / (y[i] > 0f ? above : below);
        }
    }

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> preActivation, Span<float> output) =>
        Scale(preActivation, preActivation, output);

    /// <inheritdoc/>
    protected override void PullBack(
        ReadOnlySpan<float> preActivation,
        ReadOnlySpan<float> output,
        Span<float> gradient
    ) => Scale(preActivation, gradient, gradient);

    /// <summary>
    /// Sets target = source · (sign &gt; 0 ? above : below). It selects instead of branching, because the signs are too
    /// random for branch prediction.
    /// </summary>
    private void Scale(ReadOnlySpan<float> sign, ReadOnlySpan<float> source, Span<float> target)
    {
        Lanes aboves = new(above),
            belows = new(below);
        int i = 0;
        for (; i <= sign.Length - Lanes.Count; i += Lanes.Count)
        {
            Lanes slope = Vector.ConditionalSelect(
                Vector.GreaterThan(new Lanes(sign[i..]), Lanes.Zero),
                aboves,
                belows
            );
            (new Lanes(source[i..]) * slope).CopyTo(target[i..]);
        }

        for (; i < sign.Length; i++)
        {
            target[i] = source[i] * (sign[i] > 0f ? above : below);
        }
    }
}
