using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Evaluation.Training.Credit;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Execution;

/// <summary>Draws and trains one network of a run, and keeps what the observers measured.</summary>
internal sealed class NetworkTraining
{
    private const int GiniInterval = 25;
    private const int CurveWindow = 100;

    private NetworkTraining(NetworkInference inference, TrainingOutcome outcome)
    {
        Inference = inference;
        Outcome = outcome;
    }

    /// <summary>
    /// The network as training, and then the spec's weight control, left it, with the parameters of its rule.
    /// </summary>
    public NetworkInference Inference { get; }

    public TrainingOutcome Outcome { get; }

    /// <summary>Measures by name; empty if the training diverged.</summary>
    public SortedDictionary<string, double> Measures { get; } = new(StringComparer.Ordinal);

    /// <summary>Curves by name; if the training diverged, only the diagnostic curves up to that step.</summary>
    public SortedDictionary<string, Series> Curves { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, WeightSnapshot> Snapshots { get; private set; } =
        new Dictionary<string, WeightSnapshot>();

    /// <param name="data">The data set with the targets that this network learns.</param>
    /// <param name="random">The random streams of this network.</param>
    /// <param name="progress">Receives the share of the training that is done, in [0, 1].</param>
    public static NetworkTraining Run(
        RunSpec spec,
        RuleDescription description,
        DataSet data,
        RandomStreams random,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        Examples training = spec.Limit == 0 ? data.Training.Examples : data.Training.Examples.Take(spec.Limit);
        (Examples seen, Examples? validation) = spec.HoldOutValidation ? Split(spec, training) : (training, null);
        ILearningRule rule = description.Create(spec.RuleOptions);
        FeedForwardNetwork network = Build(spec, data);
        network.Draw(spec.Initialization, random["init"]);
        Scale(network, (float)spec.InitialScale);
        if (spec.OutputWeights == OutputWeights.Sum)
        {
            SumNodes(network);
        }

        NetworkInference inference = RuleFailureException.BeforeTraining(
            rule,
            () => new NetworkInference(network, rule, RuleParameters.Draw(rule, network, random))
        );
        Matrix<float>? initial =
            network.HiddenLayers > 0 && data.Shape.Height > 1 ? network.Layers[0].Weights.Clone() : null;

        StepGiniObserver[] ginis = [.. network.Layers.Select((_, layer) => new StepGiniObserver(layer, GiniInterval))];
        StepNormObserver[] stepNorms =
        [
            .. network.Layers.Select((_, layer) => new StepNormObserver(layer, CurveWindow)),
        ];
        StepTurnoverObserver[] turnovers = [.. network.Layers.Select((_, layer) => new StepTurnoverObserver(layer))];
        LossObserver loss = new(spec.Diagnostics > 0 ? spec.Diagnostics : CurveWindow);
        WeightSnapshotObserver snapshots = new(spec.Snapshots, inference.Parameters);
        ParameterObserver parameters = new(inference.Parameters, CurveWindow);
        CurveSet diagnostics = new();
        NotesObserver notes = new(spec.Diagnostics > 0 ? spec.Diagnostics : GiniInterval);
        List<ITrainingObserver> observers = [.. ginis, .. stepNorms, .. turnovers, parameters, loss];
        observers.AddRange(spec.Instruments.Select(InstrumentCatalog.Create));
        observers.Add(notes);
        if (spec.Snapshots > 0)
        {
            observers.Add(snapshots);
        }

        if (spec.Diagnostics > 0)
        {
            observers.Add(new ActivationObserver(spec.Diagnostics, diagnostics));

            // Both compare with derivatives of the forward pass, which a rule with inference of its own does not have.
            if (!inference.IsOwn)
            {
                observers.Add(new AlignmentObserver(spec.Diagnostics, diagnostics));
                observers.Add(new CoherenceObserver(spec.Diagnostics, diagnostics));
            }
        }

        if (validation is not null && rule.Supervision != Supervision.None)
        {
            observers.Add(new ValidationObserver(inference, validation, diagnostics));
        }

        TrainingPlan plan = new(spec.Epochs, spec.Batch == 0 ? seen.Count : spec.Batch, description.SettingsOf(spec))
        {
            IsFrozen = spec.Frozen,
            IsOutputFixed = spec.OutputWeights == OutputWeights.Sum,
            IsLayerwise = spec.Layerwise,
            Schedule = RateSchedule.Parse(spec.Schedule),
        };
        NetworkTraining result = new(
            inference,
            new Trainer(inference, new TrainingSplit(seen), plan, random, observers).Run(progress, cancellation)
        );
        foreach ((string name, Series curve) in diagnostics.Curves)
        {
            result.AddCurve(name, curve);
        }

        if (result.Outcome.Divergence is not null)
        {
            return result;
        }

        result.AddCurve(MeasureNames.TrainingLoss, loss.Curve);
        result.AddMeasure(MeasureNames.MultiplyAdds, result.Outcome.MultiplyAddsPerSample);
        foreach ((string name, Series curve, double mean) in notes.Notes)
        {
            result.AddCurve(MeasureNames.Note(name), curve);
            result.AddMeasure(MeasureNames.Note(name), mean);
        }

        foreach (string name in new[] { MeasureNames.ValidationError, MeasureNames.ValidationAccuracy })
        {
            result.AddMeasure(name, result.Curves.TryGetValue(name, out Series? curve) ? curve.Values[^1] : null);
        }

        for (int l = 0; l < ginis.Length; l++)
        {
            string layer = MeasureNames.Layer(l, ginis.Length);
            result.AddCurve(MeasureNames.StepNorm(layer), stepNorms[l].Curve);
            result.AddCurve(MeasureNames.Gini(layer), ginis[l].Curve);
            result.AddMeasure(MeasureNames.Gini(layer, "start"), ginis[l].Start);
            result.AddMeasure(MeasureNames.Gini(layer, "end"), ginis[l].End);
            result.AddMeasure(MeasureNames.Steps(layer, "moving"), turnovers[l].Moving);
            result.AddMeasure(MeasureNames.Steps(layer, "repeated"), turnovers[l].Repeated);
            result.AddMeasure(MeasureNames.Steps(layer, "ever"), turnovers[l].Ever);
        }

        foreach ((string name, Series curve) in parameters.Curves)
        {
            result.AddCurve(MeasureNames.StepNorm(MeasureNames.Parameter(name)), curve);
            Matrix<float> values = inference.Parameters[name];
            result.AddMeasure(MeasureNames.Parameter(name, "count"), values.RowCount * values.ColumnCount);
            result.AddMeasure(
                MeasureNames.Parameter(name, "norm"),
                Math.Sqrt(Sums.OfSquares(values.AsColumnMajorArray()))
            );
        }

        if (spec.Snapshots > 0)
        {
            snapshots.TakeLast(network);
            result.Snapshots = snapshots.Taken;
        }

        WeightControl.Parse(spec.Control).Apply(network, spec.Initialization, spec.InitialScale, random["control"]);
        if (initial is not null)
        {
            LiveNeurons neurons = LiveNeurons.Of(initial, network.Layers[0].Weights, data.Shape);
            result.Measures[MeasureNames.Neurons("displaced")] = neurons.Displaced;
            result.Measures[MeasureNames.Neurons("structured")] = neurons.Structured;
            result.Measures[MeasureNames.Neurons("live")] = neurons.Live;
            result.Measures[MeasureNames.Neurons("rowNorm")] = network.Layers[0].Weights.RowNorms(2).Average();
        }

        return result;
    }

    /// <summary>The samples that a rule learns from when validation is held out, and those held out.</summary>
    private static (Examples Fit, Examples Validation) Split(RunSpec spec, Examples training)
    {
        if (spec.Fold.Length > 0)
        {
            return Fold.Parse(spec.Fold).Split(training);
        }

        int fitCount = TrainingFeatures.FitCountOf(training.Count);
        return (training.Take(fitCount), training.Range(fitCount, training.Count));
    }

    private static void SumNodes(FeedForwardNetwork network)
    {
        DenseLayer output = network.Layers[^1];
        if (output.Inputs % output.Outputs != 0)
        {
            throw new SpecificationException(
                "--output-weights sum: give the last hidden layer the same number of units for each of the "
                    + $"{output.Outputs} outputs with --hidden"
            );
        }

        output.SumInputs();
    }

    private static void Scale(FeedForwardNetwork network, float scale)
    {
        foreach (DenseLayer layer in scale == 1 ? [] : network.Layers)
        {
            layer.Weights.Multiply(scale, layer.Weights);
        }
    }

    private static FeedForwardNetwork Build(RunSpec spec, DataSet data)
    {
        int[] widths = [data.Features, .. spec.Hidden, data.Targets.Count];
        return new FeedForwardNetwork([
            .. Enumerable
                .Range(0, widths.Length - 1)
                .Select(l => new DenseLayer(
                    widths[l],
                    widths[l + 1],
                    Activations.Parse(l == widths.Length - 2 ? spec.Output : spec.Activation),
                    l == 0 && !spec.NormalizesInput ? Normalization.None : spec.Normalization,
                    l == 0 ? 0 : spec.Dropout
                )),
        ]);
    }

    private void AddCurve(string name, Series curve)
    {
        if (curve.Steps.Length > 0)
        {
            Curves[name] = curve;
        }
    }

    private void AddMeasure(string name, double? value)
    {
        if (value is { } number)
        {
            Measures[name] = number;
        }
    }
}
