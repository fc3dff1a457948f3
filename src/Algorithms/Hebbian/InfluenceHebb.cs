using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// SoftHebb's step times each neuron's influence on the next layer, as coded for "Learning Dynamics in Competitive
/// Hebbian Learning": a as in <see cref="SoftHebb"/>;
/// i of a sample is its influence over the neurons, divided by its norm; ΔW_oi = mean_B( i_o a_o (x_i − u_o W_oi) ).
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
    // The code's: keeps a sample without any influence from dividing by 0.
    private const float NormFloor = 1e-8f;

    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public override Locality Locality =>
        options.Influence == InfluenceSource.Noise ? Locality.Layer : Locality.NextLayer;

    /// <inheritdoc/>
    protected override InfluenceHebbState CreateState(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (options.Influence == InfluenceSource.Ones && network.Layers[^1].Activation is Softmax)
        {
            // A softmax's outputs always sum to 1: the derivative of their sum would be rounding alone.
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
            Matrix<float> influence = Influence(step, state, l);
            SoftWinner.Take(record, options.Temperature);
            Samples.ForEach(
                record.Scratch,
                influence.AsColumnMajorArray(),
                static (influence, start, a) =>
                {
                    Span<float> own = influence.AsSpan(start, a.Length);
                    TensorPrimitives.Divide(own, Norm(own) + NormFloor, own);
                    TensorPrimitives.Multiply(a, own, a);
                }
            );

            DecayingStep.Write(record, record.PreActivation, step.Network.Layers[l].Weights, proposal.For(l).Weights);
        }
    }

    /// <summary>
    /// Of every neuron and sample, not yet divided by its norm; in the layer's second scratch. The next layer's scratch
    /// is used.
    /// </summary>
    private Matrix<float> Influence(LearningStep step, InfluenceHebbState state, int layer)
    {
        LayerRecord next = step.Forward.Layers[layer + 1];
        Matrix<float> influence = step.Forward.Layers[layer].SecondScratch,
            above = next.Scratch;
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

    // In double and in order: the same bits whatever the vector width.
    private static float Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return (float)Math.Sqrt(sum);
    }

    /// <summary>z = softmax(output/T) of every sample.</summary>
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
