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
    private static readonly Softmax OuterSoftmax = new();

    /// <inheritdoc/>
    public string Id => "published";

    /// <inheritdoc/>
    public string Summary => "the paper's probe, its faults included (doubled softmax, dropout, test data choose the epoch)";

    /// <inheritdoc/>
    public ProbeResult Run(Features training, Features test, RandomStreams random)
    {
        DenseLayer head = new(training.Dimension, training.Classes, new Softmax(), normalization, Dropout);
        head.Draw(Initialization.Xavier, random["probe/init"]);
        HeadTraining headTraining = new(head, training, random);
        TestScore best = new(-1, double.PositiveInfinity, []);
        double lastLoss = double.PositiveInfinity;
        int epoch = 0;
        while (epoch < MaximumEpochs)
        {
            headTraining.RunEpoch();
            epoch++;
            TestScore score = Score(head, test);
            best = score.Accuracy > best.Accuracy ? score : best;
            if (lastLoss < score.Loss + SmallestImprovement)
            {
                break;
            }

            lastLoss = score.Loss;
        }

        return new ProbeResult(best.Accuracy, best.PredictedCounts, new Dictionary<string, double> { ["epochs"] = epoch }, headTraining.Loss);
    }

    /// <summary>
    /// With p = softmax(z) and q = softmax(p): L = −mean_B(log q_label), ∂L/∂p = (q − t)/B, and ∂L/∂z by the softmax's derivative once more.
    /// </summary>
    /// <param name="logits">z, classes × samples.</param>
    /// <param name="probabilities">p.</param>
    /// <param name="descent">Overwritten with −∂L/∂z.</param>
    /// <returns>L.</returns>
    internal static double DoubledCrossEntropy(Matrix<float> logits, Matrix<float> probabilities, ReadOnlySpan<int> labels, Matrix<float> descent)
    {
        float[] p = probabilities.AsColumnMajorArray(), d = descent.AsColumnMajorArray();
        int classes = probabilities.RowCount;
        double loss = 0;
        for (int j = 0; j < labels.Length; j++)
        {
            Span<float> sample = d.AsSpan(j * classes, classes);
            Softmax.Apply(p.AsSpan(j * classes, classes), 1f, sample);
            loss -= Math.Log(sample[labels[j]]);
            sample[labels[j]] -= 1f;
            TensorPrimitives.Multiply(sample, -1f / labels.Length, sample);
        }

        OuterSoftmax.PullBack(logits, probabilities, descent);
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

    /// <summary>The head's training, epoch by epoch.</summary>
    private sealed class HeadTraining
    {
        private readonly FeedForwardNetwork network;
        private readonly Features training;
        private readonly RandomStreams random;
        private readonly Data.Examples examples;
        private readonly Proposal proposal;
        private readonly NetworkOptimizer optimizer;
        private readonly WindowMean loss = new(LossWindow);
        private int step;

        public HeadTraining(DenseLayer head, Features training, RandomStreams random)
        {
            network = new FeedForwardNetwork([head]);
            this.training = training;
            this.random = random;
            examples = new Data.Examples(training.Values, training.Labels, training.Classes);
            proposal = new Proposal(network);
            optimizer = new NetworkOptimizer(network, OptimizerKind.AdamW, LearningRate, WeightConstraint.None);
        }

        public Series Loss => loss.Curve;

        public void RunEpoch()
        {
            int[] order = Combinatorics.GeneratePermutation(training.Count, random["probe/shuffle"]);
            ForwardRecord record = network.CreateRecord(Math.Min(Batch, order.Length));
            Matrix<float> inputs = Matrix<float>.Build.Dense(training.Dimension, record.Samples);
            Span<int> labels = stackalloc int[Batch];
            for (int start = 0; start < order.Length; start += Batch)
            {
                ReadOnlySpan<int> indices = order.AsSpan(start, Math.Min(Batch, order.Length - start));
                if (indices.Length != record.Samples)
                {
                    record = network.CreateRecord(indices.Length);
                    inputs = Matrix<float>.Build.Dense(training.Dimension, indices.Length);
                }

                for (int j = 0; j < indices.Length; j++)
                {
                    labels[j] = training.Labels[indices[j]];
                }

                examples.Gather(indices, inputs);
                network.Forward(inputs, record, random["probe/dropout"]);
                loss.Add(++step, Propose(record.Layers[0], labels[..indices.Length]));
                optimizer.Apply(proposal);
            }
        }

        private double Propose(LayerRecord record, ReadOnlySpan<int> labels)
        {
            proposal.Reset();
            LayerProposal change = proposal.For(0);
            double value = DoubledCrossEntropy(record.PreActivation, record.Output, labels, record.Scratch);
            record.Scratch.TransposeAndMultiply(record.Normalized, change.Weights);
            record.Scratch.RowSums().CopyTo(change.Bias);
            return value;
        }
    }
}
