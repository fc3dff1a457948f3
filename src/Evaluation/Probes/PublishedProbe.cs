using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>
/// The linear probe of "Learning Dynamics in Competitive Hebbian Learning" as its code has it, faults included: softmax inside the logits
/// of a softmax cross-entropy; dropout 0.5 on the features; AdamW, batch 32, at most 10 epochs; the <i>test</i> loss decides when to stop
/// and the largest test accuracy seen is reported, averaged over batches of 32.
/// </summary>
/// <param name="normalization">What stands before the head, as in the network that is probed.</param>
public sealed class PublishedProbe(Normalization normalization) : ITestPeekingProbe
{
    private const int Batch = 32;
    private const int MaximumEpochs = 10;
    private const double LearningRate = 1e-3;
    private const double Dropout = 0.5;
    private const double SmallestImprovement = 0.001;
    private const int LossWindow = 100;

    /// <inheritdoc/>
    public string Id => "published";

    /// <inheritdoc/>
    public string Summary => "the paper's probe, its faults included (doubled softmax, dropout, test data choose the epoch)";

    /// <inheritdoc/>
    public ProbeResult Run(Features training, Features test, RandomStreams random)
    {
        DenseLayer head = new(training.Dimension, training.Classes, new Softmax(), normalization, Dropout);
        head.Draw(Initialization.Xavier, random["probe/init"]);
        WindowMean loss = new(LossWindow);
        TestScore best = new(-1, double.PositiveInfinity, []);
        double lastLoss = double.PositiveInfinity;
        int epoch = 0, step = 0;
        using IEnumerator<double> steps = TrainForever(head, training, random).GetEnumerator();
        int stepsPerEpoch = (training.Count + Batch - 1) / Batch;
        while (epoch < MaximumEpochs)
        {
            for (int i = 0; i < stepsPerEpoch; i++)
            {
                steps.MoveNext();
                loss.Add(++step, steps.Current);
            }

            epoch++;
            TestScore score = Score(head, test);
            best = score.Accuracy > best.Accuracy ? score : best;
            if (lastLoss < score.Loss + SmallestImprovement)
            {
                break;
            }

            lastLoss = score.Loss;
        }

        return new ProbeResult(best.Accuracy, best.PredictedCounts, new Dictionary<string, double> { ["epochs"] = epoch }, loss.Curve);
    }

    /// <summary>Yields the loss of one training step after another.</summary>
    private static IEnumerable<double> TrainForever(DenseLayer head, Features training, RandomStreams random)
    {
        FeedForwardNetwork network = new([head]);
        Proposal proposal = new(network);
        NetworkOptimizer optimizer = new(network, OptimizerKind.AdamW, LearningRate, WeightConstraint.None);
        Data.Examples examples = new(training.Values, training.Labels, training.Classes);
        ForwardRecord? record = null;
        Matrix<float>? inputs = null;
        while (true)
        {
            int[] order = Combinatorics.GeneratePermutation(training.Count, random["probe/shuffle"]);
            for (int start = 0; start < order.Length; start += Batch)
            {
                int size = Math.Min(Batch, order.Length - start);
                if (record is null || inputs is null || record.Samples != size)
                {
                    record = network.CreateRecord(size);
                    inputs = Matrix<float>.Build.Dense(training.Dimension, size);
                }

                int[] labels = new int[size];
                for (int j = 0; j < size; j++)
                {
                    labels[j] = training.Labels[order[start + j]];
                }

                examples.Gather(order.AsSpan(start, size), inputs);
                network.Forward(inputs, record, random["probe/dropout"]);
                proposal.Reset();
                double loss = Propose(record.Layers[0], labels, proposal.For(0));
                optimizer.Apply(proposal);
                yield return loss;
            }
        }
    }

    /// <summary>
    /// With p = softmax(z) and q = softmax(p): L = −mean_B(log q_label), ∂L/∂p = (q − t)/B, and ∂L/∂z by the softmax's derivative once more.
    /// </summary>
    private static double Propose(LayerRecord record, int[] labels, LayerProposal change)
    {
        Matrix<float> delta = record.Scratch;
        float[] p = record.Output.AsColumnMajorArray(), d = delta.AsColumnMajorArray(), bias = change.Bias.AsArray();
        int classes = record.Output.RowCount;
        double loss = 0;
        for (int j = 0; j < labels.Length; j++)
        {
            Span<float> sample = d.AsSpan(j * classes, classes);
            Softmax.Apply(p.AsSpan(j * classes, classes), 1f, sample);
            loss -= Math.Log(sample[labels[j]]);
            sample[labels[j]] -= 1f;
            TensorPrimitives.Multiply(sample, -1f / labels.Length, sample);
        }

        new Softmax().PullBack(record.PreActivation, record.Output, delta);
        delta.TransposeAndMultiply(record.Normalized, change.Weights);
        Array.Clear(bias);
        for (int j = 0; j < labels.Length; j++)
        {
            TensorPrimitives.Add(bias, d.AsSpan(j * classes, classes), bias);
        }

        return loss / labels.Length;
    }

    private static TestScore Score(DenseLayer head, Features test)
    {
        FeedForwardNetwork network = new([head]);
        ForwardRecord record = network.CreateRecord(test.Count);
        network.Forward(test.Values, record);
        Matrix<float> p = record.Output;
        Predictions predictions = Predictions.FromScores(p, test.Labels);
        double accuracy = 0, loss = 0;
        int batches = 0, classes = p.RowCount;
        Span<float> q = stackalloc float[classes];
        for (int start = 0; start < test.Count; start += Batch, batches++)
        {
            int size = Math.Min(Batch, test.Count - start), right = 0;
            double batchLoss = 0;
            for (int j = start; j < start + size; j++)
            {
                Softmax.Apply(p.AsColumnMajorArray().AsSpan(j * classes, classes), 1f, q);
                batchLoss -= Math.Log(q[test.Labels[j]]);
                right += predictions.Classes[j] == test.Labels[j] ? 1 : 0;
            }

            accuracy += right / (double)size;
            loss += batchLoss / size;
        }

        return new TestScore(accuracy / batches, loss / batches, predictions.Counts);
    }

    private sealed record TestScore(double Accuracy, double Loss, int[] PredictedCounts);
}
