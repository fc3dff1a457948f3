using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// The linear probe of "Learning Dynamics in Competitive Hebbian Learning" as its code has it, faults included. The
/// head applies a softmax before the softmax of the cross-entropy. Training uses dropout 0.5 on the features, AdamW,
/// batch 32 and at most 10 epochs. The <i>test</i> loss decides when to stop, and the epoch with the largest test
/// accuracy, as a mean over batches of 32, is reported. Each fault can be repaired alone.
/// </summary>
/// <param name="normalization">The normalisation before the head, as in the probed network.</param>
/// <param name="repairs">The faults that are repaired.</param>
public sealed class PublishedProbe(Normalization normalization, ProbeRepairs repairs = ProbeRepairs.None)
    : ITestPeekingProbe
{
    private const int Batch = 32;
    private const int MaximumEpochs = 10;
    private const double LearningRate = 1e-3;
    private const double Dropout = 0.5;
    private const double SmallestImprovement = 0.001;
    private const int LossWindow = 100;

    private const string BaseId = "published";

    /// <summary>Every variant: published, published+single-softmax, …</summary>
    public static IEnumerable<PublishedProbe> Variants(Normalization normalization) =>
        Enumerable.Range(0, 16).Select(repairs => new PublishedProbe(normalization, (ProbeRepairs)repairs));

    /// <summary>The name of a variant on the command line and in records.</summary>
    public static string IdOf(ProbeRepairs repairs) =>
        string.Join(
            '+',
            [
                BaseId,
                .. Enum.GetValues<ProbeRepairs>()
                    .Where(repair => repair != ProbeRepairs.None && repairs.HasFlag(repair))
                    .Select(repair => KebabCase.From(repair)),
            ]
        );

    /// <inheritdoc/>
    public string Id => IdOf(repairs);

    /// <inheritdoc/>
    public ProbeResult Run(
        TrainingFeatures training,
        TestFeatures test,
        RandomStreams random,
        CancellationToken cancellation = default
    )
    {
        RandomStreams streams = random.Within("probe");
        bool isValidated = repairs.HasFlag(ProbeRepairs.Validation);
        Features fit = isValidated ? training.All.Range(0, training.FitCount) : training.All,
            onTestSamples = test.All;
        Features? validation = isValidated ? training.Validation : null;
        if (repairs.HasFlag(ProbeRepairs.Standardized))
        {
            Standardization standardization = Standardization.Of(fit.Values, fit.Count);
            (fit, onTestSamples, validation) = (
                standardization.Apply(fit),
                standardization.Apply(onTestSamples),
                validation is null ? null : standardization.Apply(validation)
            );
        }

        DenseLayer head = new(
            fit.Dimension,
            fit.Classes,
            repairs.HasFlag(ProbeRepairs.SingleSoftmax) ? new Identity() : new Softmax(),
            normalization,
            repairs.HasFlag(ProbeRepairs.NoDropout) ? 0 : Dropout
        );
        head.Draw(Initialization.Xavier, streams["init"]);
        FeedForwardNetwork network = new([head]);
        LossObserver loss = new(LossWindow);
        TrainingPlan plan = new(MaximumEpochs, Batch, OptimizerKind.Adamw, LearningRate, WeightConstraint.None);
        Trainer trainer = new(
            new NetworkInference(network, new CrossEntropyDescent(), RuleParameters.None),
            new TrainingSplit(new Examples(fit.Values, fit.Labels, fit.Classes)),
            plan,
            streams,
            [loss]
        );
        EpochChoice byTest = new(),
            byValidation = new();
        for (
            int epoch = 1;
            epoch <= MaximumEpochs && !(byTest.HasStopped && (byValidation.HasStopped || !isValidated));
            epoch++
        )
        {
            if (trainer.RunEpoch(cancellation: cancellation) is { } divergence)
            {
                return new ProbeResult(new Predictions([], [], 0), new Dictionary<string, double>(), loss.Curve)
                {
                    Divergence = divergence,
                };
            }

            Score onTest = Evaluate(network, onTestSamples);
            byTest.See(epoch, onTest, onTest);
            if (validation is not null)
            {
                byValidation.See(epoch, Evaluate(network, validation), onTest);
            }
        }

        EpochChoice choice = isValidated ? byValidation : byTest;
        Score chosen = choice.Chosen!;

        // The published code reports the mean over batches, of which the last is smaller.
        Dictionary<string, double> details = new()
        {
            ["epochs"] = choice.Epochs,
            ["batchMeanAccuracy"] = chosen.Accuracy,
        };
        if (isValidated)
        {
            // The accuracy that the published choice of epoch would report for the same training.
            details["testChosenAccuracy"] = byTest.Chosen!.Predictions.Accuracy;
        }

        return new ProbeResult(chosen.Predictions, details, loss.Curve);
    }

    private static Score Evaluate(FeedForwardNetwork network, Features test)
    {
        ForwardRecord record = network.CreateRecord(test.Count);
        network.Forward(test.Values, record);
        Matrix<float> p = record.Output;
        Predictions predictions = Predictions.FromScores(p, test.Labels);
        double accuracy = 0,
            loss = 0;
        int batches = 0,
            classes = p.RowCount;
        Span<float> q = stackalloc float[classes];
        for (int start = 0; start < test.Count; start += Batch, batches++)
        {
            int size = Math.Min(Batch, test.Count - start),
                right = 0;
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

        return new Score(accuracy / batches, loss / batches, predictions);
    }

    private sealed record Score(double Accuracy, double Loss, Predictions Predictions);

    /// <summary>
    /// Stops once the loss improves by less than 0.001 over the previous epoch; chooses the epoch with the largest
    /// accuracy up to then.
    /// </summary>
    private sealed class EpochChoice
    {
        private double lastLoss = double.PositiveInfinity;
        private double bestAccuracy = -1;

        public bool HasStopped { get; private set; }

        public int Epochs { get; private set; }

        public Score? Chosen { get; private set; }

        /// <param name="selection">The score that decides the choice.</param>
        /// <param name="test">The score that is reported for the chosen epoch.</param>
        public void See(int epoch, Score selection, Score test)
        {
            if (HasStopped)
            {
                return;
            }

            Epochs = epoch;
            if (selection.Accuracy > bestAccuracy)
            {
                (bestAccuracy, Chosen) = (selection.Accuracy, test);
            }

            HasStopped = lastLoss < selection.Loss + SmallestImprovement;
            lastLoss = selection.Loss;
        }
    }
}
