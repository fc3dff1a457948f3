using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
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
    public ProbeResult Run(TrainingFeatures training, TestFeatures test, RandomStreams random, CancellationToken cancellation = default)
    {
        RandomStreams streams = random.Within("probe");
        DenseLayer head = new(training.All.Dimension, training.All.Classes, new Softmax(), normalization, Dropout);
        head.Draw(Initialization.Xavier, streams["init"]);
        FeedForwardNetwork network = new([head]);
        LossObserver loss = new(LossWindow);
        TrainingSplit examples = new(new Examples(training.All.Values, training.All.Labels, training.All.Classes));
        TrainingPlan plan = new(MaximumEpochs, Batch, OptimizerKind.Adamw, LearningRate, WeightConstraint.None);
        Trainer trainer = new(network, new DoubledSoftmaxDescent(), examples, plan, streams, [loss]);
        TestScore best = new(-1, double.PositiveInfinity, new Predictions([], [], 0));
        double lastLoss = double.PositiveInfinity;
        int epoch = 0;
        while (epoch < MaximumEpochs)
        {
            if (trainer.RunEpoch(cancellation: cancellation) is { } divergence)
            {
                return new ProbeResult(double.NaN, new Predictions([], [], 0), new Dictionary<string, double>(), loss.Curve) { Divergence = divergence };
            }

            epoch++;
            TestScore score = Score(network, test.All);
            best = score.Accuracy > best.Accuracy ? score : best;
            if (lastLoss < score.Loss + SmallestImprovement)
            {
                break;
            }

            lastLoss = score.Loss;
        }

        return new ProbeResult(best.Accuracy, best.Predictions, new Dictionary<string, double> { ["epochs"] = epoch }, loss.Curve);
    }

    private static TestScore Score(FeedForwardNetwork network, Features test)
    {
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

        return new TestScore(accuracy / batches, loss / batches, predictions);
    }

    private sealed record TestScore(double Accuracy, double Loss, Predictions Predictions);
}
