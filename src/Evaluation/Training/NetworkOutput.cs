using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>The outputs of one network, or of several networks with one output each, on samples.</summary>
/// <param name="Values">Outputs × samples.</param>
internal sealed record NetworkOutput(Matrix<float> Values)
{
    /// <summary>Passes all samples through the networks; their outputs are stacked in order.</summary>
    public static NetworkOutput Of(IReadOnlyList<NetworkInference> networks, Examples examples)
    {
        Matrix<float> values = Matrix<float>.Build.Dense(networks.Sum(own => own.Network.Outputs), examples.Count);
        int top = 0;
        foreach (NetworkInference inference in networks)
        {
            FeedForwardNetwork network = inference.Network;
            Matrix<float>? scores = null;
            NetworkPass.ForChunks(
                network,
                examples,
                (record, inputs, start) =>
                {
                    if (scores?.ColumnCount != record.Samples)
                    {
                        scores = Matrix<float>.Build.Dense(network.Outputs, record.Samples);
                    }

                    inference.Score(inputs, record, scores);
                    values.SetSubMatrix(top, start, scores);
                }
            );
            top += network.Outputs;
        }

        return new NetworkOutput(values);
    }

    /// <summary>Returns the share of samples whose largest output is that of their class, in [0, 1].</summary>
    public double Accuracy(Examples examples) => Predictions.FromScores(Values, examples.Labels).Accuracy;

    /// <summary>
    /// Returns the normalised mean squared error of each output: Σ(y − t)² / Σ(t − mean(t))². Predicting the mean gives
    /// 1. If all targets are the same, the result is the mean squared error itself.
    /// </summary>
    public IReadOnlyList<double> NormalizedErrors(Examples examples)
    {
        Matrix<float> targets =
            examples.Values ?? throw new ArgumentException("Classes have no mean squared error.", nameof(examples));
        return
        [
            .. Enumerable
                .Range(0, targets.RowCount)
                .Select(output =>
                {
                    double mean = targets.Row(output).Average(t => (double)t),
                        error = 0,
                        spread = 0;
                    for (int j = 0; j < targets.ColumnCount; j++)
                    {
                        double miss = Values[output, j] - targets[output, j],
                            deviation = targets[output, j] - mean;
                        error += miss * miss;
                        spread += deviation * deviation;
                    }

                    return error / (spread > 0 ? spread : targets.ColumnCount);
                }),
        ];
    }
}
