using System.Numerics.Tensors;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>v ← μ·v + d, θ ← θ + η·v, with d the proposed direction (minus the gradient). μ = 0 is plain SGD.</summary>
/// <param name="learningRate">η ≥ 0.</param>
/// <param name="momentum">μ in [0, 1).</param>
public sealed class GradientDescent(double learningRate, double momentum = 0) : IOptimizer
{
    private float[] velocity = [];

    /// <inheritdoc/>
    public void Step(float[] parameters, float[] direction)
    {
        float rate = (float)learningRate, decay = (float)momentum;
        if (decay != 0f && velocity.Length == 0)
        {
            velocity = new float[parameters.Length];
        }

        ComputeThreads.ForRanges(parameters.Length, 1024, parameters.Length >= 1 << 17, (start, end) =>
        {
            ReadOnlySpan<float> change = direction.AsSpan(start, end - start);
            if (decay != 0f)
            {
                Span<float> v = velocity.AsSpan(start, end - start);
                TensorPrimitives.MultiplyAdd(v, decay, change, v);
                change = v;
            }

            Span<float> theta = parameters.AsSpan(start, end - start);
            TensorPrimitives.MultiplyAdd(change, rate, theta, theta);
        });
    }
}
