using Reproduction.Network;

namespace Gallery.EquilibriumPropagation;

/// <summary>
/// f(u) = u between 0 and 1, 0 below and 1 above; its derivative is 1 in between, both ends included.
/// </summary>
[Activation(Id)]
public sealed class HardSigmoid : ElementwiseActivation
{
    /// <summary>The name on the command line.</summary>
    public const string Id = "hard-sigmoid";

    /// <inheritdoc/>
    public override string Name => Id;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> preActivation, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Math.Clamp(preActivation[i], 0f, 1f);
        }
    }

    /// <inheritdoc/>
    protected override void PullBack(
        ReadOnlySpan<float> preActivation,
        ReadOnlySpan<float> output,
        Span<float> gradient
    )
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] = preActivation[i] is >= 0f and <= 1f ? gradient[i] : 0f;
        }
    }
}
