using System.Numerics.Tensors;

namespace Reproduction.Network;

/// <summary>v ← μ·v + d, θ ← θ + η·v, with d the proposed direction (minus the gradient). μ = 0 is plain SGD.</summary>
/// <param name="learningRate">η ≥ 0.</param>
/// <param name="momentum">μ in [0, 1).</param>
public sealed class GradientDescent(double learningRate, double momentum = 0) : Optimizer(learningRate)
{
    private float[] velocity = [];

    /// <inheritdoc/>
    public override bool LeavesIdle => momentum == 0;

    /// <inheritdoc/>
    public override void Begin(int parameters)
    {
        if (momentum != 0 && velocity.Length == 0)
        {
            velocity = new float[parameters];
        }
    }

    /// <inheritdoc/>
    public override void Move(Span<float> parameters, ReadOnlySpan<float> direction, int offset)
    {
        if (momentum != 0)
        {
            Span<float> v = velocity.AsSpan(offset, direction.Length);
            TensorPrimitives.MultiplyAdd(v, (float)momentum, direction, v);
            direction = v;
        }

        TensorPrimitives.MultiplyAdd(direction, (float)LearningRate, parameters, parameters);
    }
}
