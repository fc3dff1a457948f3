using System.Numerics;

namespace Reproduction.Network;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, Algorithm 2), in the order of PyTorch's
/// implementation. With g = −direction:
/// θ ← θ·(1 − η·λ); m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − η·(m/(1 − β₁ᵗ)) / (√(v/(1 − β₂ᵗ)) + ε).
/// </summary>
/// <param name="learningRate">η ≥ 0.</param>
/// <param name="weightDecay">λ ≥ 0.</param>
public sealed class AdamW(double learningRate, double weightDecay = 0.01) : Optimizer(learningRate)
{
    /// <summary>β₁.</summary>
    public const double FirstDecay = 0.9;

    /// <summary>β₂.</summary>
    public const double SecondDecay = 0.999;

    /// <summary>ε.</summary>
    public const double Epsilon = 1e-8;

    private float[] first = [];
    private float[] second = [];
    private int steps;
    private float rate;
    private float correction;

    /// <inheritdoc/>
    public override void Begin(int parameters)
    {
        if (steps++ == 0)
        {
            first = new float[parameters];
            second = new float[parameters];
        }

        rate = (float)(LearningRate / (1 - Math.Pow(FirstDecay, steps)));
        correction = (float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, steps)));
    }

    /// <inheritdoc/>
    public override void Move(Span<float> parameters, ReadOnlySpan<float> direction, int offset)
    {
        float shrink = (float)(1 - (LearningRate * weightDecay));
        Span<float> theta = parameters,
            m = first.AsSpan(offset, theta.Length),
            v = second.AsSpan(offset, theta.Length);
        ReadOnlySpan<float> d = direction;
        int width = Vector<float>.Count,
            i = 0;
        for (; i <= theta.Length - width; i += width)
        {
            Vector<float> g = -new Vector<float>(d[i..]);
            Vector<float> mean = (new Vector<float>(m[i..]) * (float)FirstDecay) + (g * (float)(1 - FirstDecay));
            Vector<float> square =
                (new Vector<float>(v[i..]) * (float)SecondDecay) + (g * g * (float)(1 - SecondDecay));
            mean.CopyTo(m[i..]);
            square.CopyTo(v[i..]);
            Vector<float> scale = (Vector.SquareRoot(square) * correction) + new Vector<float>((float)Epsilon);
            ((new Vector<float>(theta[i..]) * shrink) - (mean * rate / scale)).CopyTo(theta[i..]);
        }

        for (; i < theta.Length; i++)
        {
            float g = -d[i];
            m[i] = (m[i] * (float)FirstDecay) + (g * (float)(1 - FirstDecay));
            v[i] = (v[i] * (float)SecondDecay) + (g * g * (float)(1 - SecondDecay));
            theta[i] = (theta[i] * shrink) - (m[i] * rate / ((MathF.Sqrt(v[i]) * correction) + (float)Epsilon));
        }
    }
}
