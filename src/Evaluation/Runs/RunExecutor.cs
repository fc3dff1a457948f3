using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>Carries out one spec: draw the network, train it, probe it.</summary>
public sealed class RunExecutor(RuleCatalog rules)
{
    private const int GiniInterval = 25;
    private const int CurveWindow = 100;

    /// <summary>The build of the code that a run of the spec goes through now.</summary>
    public string CodeOf(RunSpec spec) => CodeFingerprint.Of(rules[spec.Rule]);

    /// <summary>Runs the spec on its data set.</summary>
    /// <param name="progress">Told the share done, in [0, 1].</param>
    public RunRecord Execute(RunSpec spec, DataSet data, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(data);
        spec.Validate(rules);
        data = data.Scaled(spec.Pixels);
        RandomStreams random = new(spec.Seed);
        TrainingSplit training = spec.Limit == 0 ? data.Training : new TrainingSplit(data.Training.Examples.Take(spec.Limit));
        ILearningRule rule = rules[spec.Rule].Create(spec.RuleOptions);
        FeedForwardNetwork network = Build(spec, data);
        network.Draw(spec.Initialization, random["init"]);
        Matrix<float>? initial = network.HiddenLayers > 0 && data.Shape.Height > 1 ? network.Layers[0].Weights.Clone() : null;
        RunRecord record = new() { RunId = spec.RunId(), Spec = spec, DataSetSha256 = data.Sha256, Code = CodeOf(spec), Machine = Machine.Current };

        double trainingShare = spec.Epochs == 0 ? 0 : spec.Probes.Length == 0 ? 1 : 0.5;
        Stopwatch clock = Stopwatch.StartNew();
        StepGiniObserver[] ginis = [.. network.Layers.Select((_, layer) => new StepGiniObserver(layer, GiniInterval))];
        StepNormObserver[] stepNorms = [.. network.Layers.Select((_, layer) => new StepNormObserver(layer, CurveWindow))];
        StepTurnoverObserver[] turnovers = [.. network.Layers.Select((_, layer) => new StepTurnoverObserver(layer))];
        LossObserver loss = new(CurveWindow);
        WeightSnapshotObserver snapshots = new(spec.Snapshots, StepGiniObserver.StartStep);
        ITrainingObserver[] observers = [.. ginis, .. stepNorms, .. turnovers, loss, .. spec.Snapshots > 0 ? [snapshots] : Array.Empty<ITrainingObserver>()];
        TrainingPlan plan = new(spec.Epochs, spec.Batch == 0 ? training.Examples.Count : spec.Batch, spec.Optimizer, spec.LearningRate, spec.Constraint);
        TrainingSplit seen = spec.HoldOutValidation ? new TrainingSplit(training.Examples.Take(TrainingFeatures.FitCountOf(training.Examples.Count))) : training;
        TrainingOutcome outcome = new Trainer(network, rule, seen, plan, random, observers).Run(share => progress?.Invoke(share * trainingShare), cancellation);
        record = record with { Steps = outcome.Steps, Divergence = outcome.Divergence };
        record.Seconds["train"] = clock.Elapsed.TotalSeconds;
        if (outcome.Divergence is not null)
        {
            return record;
        }

        AddCurve(record, MeasureNames.TrainingLoss, loss.Curve);
        for (int l = 0; l < ginis.Length; l++)
        {
            string layer = MeasureNames.Layer(l, ginis.Length);
            AddCurve(record, MeasureNames.StepNorm(layer), stepNorms[l].Curve);
            AddCurve(record, MeasureNames.Gini(layer), ginis[l].Curve);
            if (ginis[l] is { Start: { } start, End: { } end })
            {
                (record.Measures[MeasureNames.Gini(layer, "start")], record.Measures[MeasureNames.Gini(layer, "end")]) = (start, end);
            }

            AddMeasure(record, MeasureNames.Steps(layer, "moving"), turnovers[l].Moving);
            AddMeasure(record, MeasureNames.Steps(layer, "repeated"), turnovers[l].Repeated);
            AddMeasure(record, MeasureNames.Steps(layer, "ever"), turnovers[l].Ever);
        }

        if (spec.Snapshots > 0)
        {
            snapshots.TakeLast(network);
            foreach ((string moment, WeightSnapshot weights) in snapshots.Taken)
            {
                record.Snapshots[moment] = weights;
            }
        }

        WeightControl.Parse(spec.Control).Apply(network, spec.Initialization, random["control"]);
        if (initial is not null)
        {
            LiveNeurons neurons = LiveNeurons.Of(initial, network.Layers[0].Weights, data.Shape);
            record.Measures[MeasureNames.Neurons("displaced")] = neurons.Displaced;
            record.Measures[MeasureNames.Neurons("structured")] = neurons.Structured;
            record.Measures[MeasureNames.Neurons("live")] = neurons.Live;
            record.Measures[MeasureNames.Neurons("rowNorm")] = network.Layers[0].Weights.RowNorms(2).Average();
        }

        if (rule.Supervision == Supervision.Target)
        {
            record.Measures[MeasureNames.TestAccuracy] = Evaluate(network, data.Test).Accuracy;
        }

        return Probe(record, network, training, data.Test, random, share => progress?.Invoke(trainingShare + ((1 - trainingShare) * share)), cancellation);
    }

    private static void AddCurve(RunRecord record, string name, Series curve)
    {
        if (curve.Steps.Length > 0)
        {
            record.Curves[name] = curve;
        }
    }

    private static void AddMeasure(RunRecord record, string name, double? value)
    {
        if (value is { } number)
        {
            record.Measures[name] = number;
        }
    }

    private static FeedForwardNetwork Build(RunSpec spec, DataSet data)
    {
        int[] widths = [data.Features, .. spec.Hidden, data.Classes];
        return new FeedForwardNetwork([.. Enumerable.Range(0, widths.Length - 1).Select(l => new DenseLayer(
            widths[l],
            widths[l + 1],
            Activations.Parse(l == widths.Length - 2 ? spec.Output : spec.Activation),
            spec.Normalization,
            l == 0 ? 0 : spec.Dropout))]);
    }

    private static Predictions Evaluate(FeedForwardNetwork network, TestSplit test)
    {
        int[] predicted = new int[test.Examples.Count];
        NetworkPass.ForChunks(network, test.Examples, (record, inputs, start) =>
        {
            network.Forward(inputs, record);
            Predictions.FromScores(record.Output, test.Examples.Labels[start..(start + record.Samples)]).Classes.CopyTo(predicted, start);
        });
        return new Predictions(predicted, test.Examples.Labels, test.Examples.Classes);
    }

    /// <summary>The final evaluation, and the only place that opens the test split for probes.</summary>
    private static RunRecord Probe(
        RunRecord record, FeedForwardNetwork network, TrainingSplit training, TestSplit test, RandomStreams random, Action<double> progress, CancellationToken cancellation)
    {
        if (record.Spec.Probes.Length == 0)
        {
            return record;
        }

        Stopwatch clock = Stopwatch.StartNew();
        TrainingFeatures trainingFeatures = new(Features.Of(network, training.Examples));
        TestFeatures testFeatures = new(Features.Of(network, test.Examples));
        record.Seconds["features"] = clock.Elapsed.TotalSeconds;
        if (!trainingFeatures.All.AreFinite || !testFeatures.All.AreFinite)
        {
            return Diverged(record, "the weights are finite, but the features they give are no longer");
        }

        record.Measures[MeasureNames.FeatureDeviation] = Standardization.Of(trainingFeatures.All.Values, trainingFeatures.All.Count).RootMeanVariance;
        for (int i = 0; i < record.Spec.Probes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress(i / (double)record.Spec.Probes.Length);
            clock.Restart();
            IProbe probe = ProbeCatalog.Find(record.Spec.Probes[i], record.Spec.Normalization);
            ProbeResult result = probe switch
            {
                ITestPeekingProbe peeking => peeking.Run(trainingFeatures, testFeatures, random, cancellation),
                IHonestProbe honest => Score(honest.Fit(trainingFeatures, random, cancellation), testFeatures),
                _ => throw new InvalidOperationException($"Probe {probe.Id} is of no known kind."),
            };
            record.Seconds[$"probe.{probe.Id}"] = clock.Elapsed.TotalSeconds;
            if (result.Divergence is { } divergence)
            {
                return Diverged(record, $"probe {probe.Id}: {divergence}");
            }

            RecordProbe(record, probe.Id, result);

            // A probe's copies of wide features are hundreds of megabytes; left to itself the collector lets several probes' pile up.
            GC.Collect();
        }

        return record;
    }

    /// <summary>The record of a run that failed after training: nothing it measured stands.</summary>
    private static RunRecord Diverged(RunRecord record, string divergence) =>
        record with { Divergence = divergence, Measures = new(StringComparer.Ordinal), Curves = new(StringComparer.Ordinal), Snapshots = new(StringComparer.Ordinal), Correct = new(StringComparer.Ordinal) };

    private static ProbeResult Score(FittedProbe fitted, TestFeatures test)
    {
        Predictions predictions = fitted.Predict(test.All);
        return new ProbeResult(predictions.Accuracy, predictions, fitted.Details, new Series([], []));
    }

    private static void RecordProbe(RunRecord record, string probe, ProbeResult result)
    {
        record.Measures[MeasureNames.Probe(probe, "testAccuracy")] = result.TestAccuracy;
        record.Measures[MeasureNames.Probe(probe, "classesNeverPredicted")] = result.ClassesNeverPredicted;
        record.Correct[probe] = result.Predictions.CorrectBits;
        int[] counts = result.Predictions.Counts;
        for (int k = 0; k < counts.Length; k++)
        {
            record.Measures[MeasureNames.Probe(probe, string.Create(CultureInfo.InvariantCulture, $"predicted.{k}"))] = counts[k];
        }

        foreach ((string name, double value) in result.Details)
        {
            record.Measures[MeasureNames.Probe(probe, name)] = value;
        }

        AddCurve(record, MeasureNames.Probe(probe, MeasureNames.TrainingLoss), result.TrainingLoss);
    }
}
