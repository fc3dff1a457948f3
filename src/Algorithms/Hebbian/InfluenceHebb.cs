using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// SoftHebb's step times each neuron's influence on the next layer, as coded for "Learning Dynamics in Competitive
/// Hebbian Learning": ΔW_oi = mean_B( i_o a_o (x_i − u_o W_oi) ). a is that of <see cref="SoftHebb"/>. i_o is the
/// influence of neuron o for a sample, divided by the norm of all neurons' influences for that sample.
/// </summary>
[LearningRule(
    "influence-hebb",
    Summary = "SoftHebb's step times each neuron's influence on the next layer",
    Family = "competitive Hebbian",
    Source = "Liuson, code of Learning Dynamics in Competitive Hebbian Learning (influencehebb)",
    Output = "identity"
)]
public sealed class InfluenceHebb(InfluenceHebbOptions options) : LearningRule<InfluenceHebbState>
{
    // The value in the paper's code. It avoids division by 0 for a sample without any influence.
    private const float NormFloor = 1e-8f;

    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public override Locality Locality =>
        options.Influence == InfluenceSource.Noise ? Locality.Layer : Locality.NextLayer;

    /// <inheritdoc/>
    protected override InfluenceHebbState CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (options.Influence == InfluenceSource.Ones && network.Layers[^1].Activation is Softmax)
        {
            // The outputs of a softmax always sum to 1, so the derivative of their sum would be nothing but rounding.
            throw new ArgumentException(
                "influence ones has no derivative to take through a softmax output layer; use --output identity"
            );
        }

        return new([.. Enumerable.Repeat(Array.Empty<float>(), network.HiddenLayers)]);
    }

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, InfluenceHebbState state, Proposal proposal)
    {
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            Matrix<float> influence = Influence(step, state, l),
                activity = SoftWinner.Take(record, options.Temperature);
            Samples.ForEach(
                activity,
                influence.AsColumnMajorArray(),
                static (influence, start, a) =>
                {
                    Span<float> own = influence.AsSpan(start, a.Length);
                    TensorPrimitives.Divide(own, Norm(own) + NormFloor, own);
                    TensorPrimitives.Multiply(a, own, a);
                }
            );

            // ΔW_oi = mean_B( i_o a_o (x_i − u_o W_oi) )
            DenseLayer layer = step.Network.Layers[l];
            DecayingStep.Write(layer, record, activity, record.PreActivation, proposal.For(l));
        }
    }

    /// <summary>
    /// Computes the influence of every neuron on the next layer for every sample, units × samples. It is not yet
    /// divided by its norm.
    /// </summary>
    private Matrix<float> Influence(LearningStep step, InfluenceHebbState state, int layer)
    {
        LayerRecord next = step.Forward.Layers[layer + 1];
        Matrix<float> influence = step.Forward.Layers[layer].Scratch("influence"),
            above = next.Scratch("above");
        switch (options.Influence)
        {
            case InfluenceSource.Gradient or InfluenceSource.Ones:
                if (options.Influence == InfluenceSource.Ones)
                {
                    Array.Fill(above.AsColumnMajorArray(), 1f);
                }
                else
                {
                    Share(next.Output, above);
                }

                step.Network.Layers[layer + 1].Activation.PullBack(next.PreActivation, next.Output, above);
                step.Network.Layers[layer + 1].PullBack(next, above, influence);
                break;
            case InfluenceSource.Noise:
                FillUniform(influence.AsColumnMajorArray(), step.Random);
                break;
            default:
                float[] feedback = state.Feedback[layer];
                bool isFirst = feedback.Length == 0;
                if (isFirst)
                {
                    state.Feedback[layer] = feedback = new float[above.RowCount * influence.RowCount];
                }

                if (isFirst || options.Influence == InfluenceSource.RandomRedrawn)
                {
                    FillUniform(feedback, step.Random);
                }

                Share(next.Output, above);
                Matrix<float>
                    .Build.Dense(above.RowCount, influence.RowCount, feedback)
                    .TransposeThisAndMultiply(above, influence);
                break;
        }

        return influence;
    }

    // Summed in double precision and in order, so that the bits do not depend on the vector width.
    private static float Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return (float)Math.Sqrt(sum);
    }

    /// <summary>Computes z = softmax(output/T) for every sample.</summary>
    private void Share(Matrix<float> output, Matrix<float> shares)
    {
        float[] y = output.AsColumnMajorArray(),
            z = shares.AsColumnMajorArray();
        for (int start = 0; start < z.Length; start += output.RowCount)
        {
            Softmax.Apply(
                y.AsSpan(start, output.RowCount),
                (float)options.Temperature,
                z.AsSpan(start, output.RowCount)
            );
        }
    }

    private static void FillUniform(float[] values, RandomStreams random)
    {
        RandomStream stream = random["feedback"];
        foreach (ref float value in values.AsSpan())
        {
            value = (float)stream.NextDouble();
        }
    }
}

/// <summary>Options of <see cref="InfluenceHebb"/>.</summary>
public sealed record InfluenceHebbOptions
{
    [RuleOption("source of a neuron's influence on the next layer")]
    public InfluenceSource Influence { get; init; } = InfluenceSource.Gradient;

    [RuleOption(
        "softmax temperature T, for the neurons' competition and for the next layer's output",
        Minimum = 0,
        IsMinimumExcluded = true
    )]
    public double Temperature { get; init; } = 1;
}

/// <summary>
/// The state of <see cref="InfluenceHebb"/>: random feedback weights, drawn once or anew for every batch.
/// </summary>
/// <param name="Feedback">Φ of each hidden layer in column-major order, units of the next layer × units; empty until it
/// is drawn.</param>
public sealed record InfluenceHebbState(float[][] Feedback);

/// <summary>
/// The source of a neuron's influence in <see cref="InfluenceHebb"/>; z is the softmax of the next layer's output.
/// </summary>
public enum InfluenceSource
{
    /// <summary>The gradient ∂(next layer's output)/∂y, pulled back from z.</summary>
    Gradient,

    /// <summary>The gradient ∂(next layer's output)/∂y, pulled back from 1 for every unit of the next layer.</summary>
    Ones,

    /// <summary>Φᵀz with Φ uniform on [0, 1), drawn once.</summary>
    RandomFixed,

    /// <summary>Φᵀz with Φ uniform on [0, 1), drawn anew at every step.</summary>
    RandomRedrawn,

    /// <summary>Uniform on [0, 1) and unrelated to the network: a control.</summary>
    Noise,
}
