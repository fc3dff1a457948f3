using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// SoftHebb's step times each neuron's influence on the next layer, as coded for "Learning Dynamics in Competitive Hebbian Learning": a as in <see cref="SoftHebb"/>;
/// i of a sample is its influence over the neurons, divided by its norm; ΔW_oi = mean_B( i_o a_o (x_i − u_o W_oi) ).
/// </summary>
[LearningRule(
    "influence-hebb",
    Summary = "SoftHebb's step times each neuron's influence on the next layer",
    Family = "competitive Hebbian",
    Source = "Liuson, code of Learning Dynamics in Competitive Hebbian Learning (influencehebb)",
    Output = "identity")]
public sealed class InfluenceHebb(InfluenceHebbOptions options) : LearningRule<InfluenceHebbState>
{
    // The code's: keeps a sample without any influence from dividing by 0.
    private const float NormFloor = 1e-8f;

    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public override Locality Locality => options.Influence == InfluenceSource.Noise ? Locality.Layer : Locality.NextLayer;

    /// <inheritdoc/>
    protected override InfluenceHebbState CreateState(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (options.Influence == InfluenceSource.Ones && network.Layers[^1].Activation is Softmax)
        {
            // A softmax's outputs always sum to 1: the derivative of their sum would be rounding alone.
            throw new ArgumentException("influence ones has no derivative to take through a softmax output layer; use --output identity");
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
            float[] a = record.Scratch.AsColumnMajorArray(), i = influence.AsColumnMajorArray();
            int units = influence.RowCount;
            for (int start = 0; start < a.Length; start += units)
            {
                Span<float> sample = a.AsSpan(start, units), own = i.AsSpan(start, units);
                TensorPrimitives.Divide(own, TensorPrimitives.Norm<float>(own) + NormFloor, own);
                TensorPrimitives.Multiply(sample, own, sample);
            }

            DecayingStep.Write(record.Scratch, record.PreActivation, record.Normalized, step.Network.Layers[l].Weights, proposal.For(l).Weights);
        }
    }

    /// <summary>Of every neuron and sample, not yet divided by its norm.</summary>
    private Matrix<float> Influence(LearningStep step, InfluenceHebbState state, int layer)
    {
        LayerRecord own = step.Forward.Layers[layer], next = step.Forward.Layers[layer + 1];
        int units = own.Output.RowCount;
        switch (options.Influence)
        {
            case InfluenceSource.Gradient or InfluenceSource.Ones:
                Matrix<float> influence = own.Output.Clone(), gradient = options.Influence == InfluenceSource.Ones ? Matrix<float>.Build.Dense(next.Output.RowCount, next.Output.ColumnCount, 1f) : Shares(next.Output);
                step.Network.Layers[layer + 1].Activation.PullBack(next.PreActivation, next.Output, gradient);
                step.Network.Layers[layer + 1].PullBack(next, gradient, influence);
                return influence;
            case InfluenceSource.Noise:
                return Uniform(units, own.Output.ColumnCount, step.Random);
            default:
                Matrix<float> feedback = options.Influence == InfluenceSource.RandomFixed && state.Feedback[layer].Length > 0
                    ? Matrix<float>.Build.Dense(next.Output.RowCount, units, state.Feedback[layer])
                    : Uniform(next.Output.RowCount, units, step.Random);
                if (options.Influence == InfluenceSource.RandomFixed)
                {
                    state.Feedback[layer] = feedback.AsColumnMajorArray();
                }

                return feedback.TransposeThisAndMultiply(Shares(next.Output));
        }
    }

    /// <summary>z = softmax(output/T) of every sample.</summary>
    private Matrix<float> Shares(Matrix<float> output)
    {
        Matrix<float> shares = Matrix<float>.Build.Dense(output.RowCount, output.ColumnCount);
        float[] y = output.AsColumnMajorArray(), z = shares.AsColumnMajorArray();
        for (int start = 0; start < z.Length; start += output.RowCount)
        {
            Softmax.Apply(y.AsSpan(start, output.RowCount), (float)options.Temperature, z.AsSpan(start, output.RowCount));
        }

        return shares;
    }

    private static Matrix<float> Uniform(int rows, int columns, RandomStreams random)
    {
        RandomStream stream = random["feedback"];
        return Matrix<float>.Build.Dense(rows, columns, (_, _) => (float)stream.NextDouble());
    }
}
