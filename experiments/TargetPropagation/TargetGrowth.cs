using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>What the inverse of an activation does to targets on their way down: how much they grow against the bounds, how near the weight steps stay to the gradient, and what is learned.</summary>
public sealed class TargetGrowth : TargetPropagationExperiment
{
    /// <summary>The table of accuracies.</summary>
    public const string AccuracyName = "targets-accuracy";

    private const string Noted = "notes.";
    private const string Probe = "ridge";
    private const int NarrowUnits = 64;

    // The last hidden layer first: the way that targets go.
    private static readonly string[] Layers = ["output", "hidden3", "hidden2"], Passed = ["hidden3", "hidden2", "hidden1"];
    private static readonly string[] Activations = ["leaky-relu:0.05", "leaky-relu:0.1", "leaky-relu:0.3", "leaky-relu:0.5", "leaky-relu:0.8", "x-plus-relu"];
    private static readonly string[] Passes = [TargetPropagationProtocol.Inverse, TargetPropagationProtocol.Slope];

    /// <inheritdoc/>
    public override string Name => "targets";

    /// <inheritdoc/>
    public override string Summary => "activations and their slopes: how targets grow against the bounds 1/a and 1/σ_min, passed by the inverse or by the slope, and what is learned";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan)
    {
        string[] activations = plan.Profile == Profile.Paper ? Activations : [Activations[1], Activations[3]];
        foreach (string activation in activations)
        {
            foreach (long seed in TargetPropagationProtocol.Seeds(plan, 3))
            {
                foreach (string pass in Passes)
                {
                    yield return TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, NarrowUnits + 1, new Dictionary<string, string>
                    {
                        ["record"] = "targets", ["draw"] = "orthonormal", ["output-target"] = "gradient", ["activation-pass"] = pass,
                    }) with
                    {
                        Hidden = [NarrowUnits, NarrowUnits, NarrowUnits],
                        Activation = activation,
                        Seed = seed,
                        Limit = TargetPropagationProtocol.Limit(plan, 3_000),

                        // The network as it was drawn.
                        LearningRate = 0,
                    };
                    yield return Trained(plan, TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule, new Dictionary<string, string> { ["activation-pass"] = pass }), activation, seed) with { Epochs = 2 };
                }

                // The same network untrained.
                yield return Trained(plan, TargetPropagationProtocol.Of(plan, "random"), activation, seed) with { Initialization = Initialization.He, Output = "identity", Epochs = 0 };
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
    [
        ArmTables.Measures(Name, records.Where(record => record.Spec.Hidden.Length > 1), ArmOf, Noted),
        ArmTables.Runs(AccuracyName, records.Where(record => record.Spec.Hidden.Length == 1), ArmOf, ("testAccuracy", MeasureNames.TestAccuracy), ("probeAccuracy", MeasureNames.Probe(Probe, "testAccuracy"))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name)), accuracies = new(results.Table(AccuracyName));
        string[] activations = [.. Activations.Where(activation => accuracies.Count(ArmOf(activation, Passes[0])) > 0)];
        string Mean(string arm, string measure, int decimals = 1) => Cells.Mean([.. data.Measure(arm, measure).Select(value => (double?)value)], decimals);
        IReadOnlyList<string> Row(string activation, string pass)
        {
            string arm = ArmOf(activation, pass);
            return
            [
                activation, pass, .. Layers.Select(layer => $"{Mean(arm, $"pull.{layer}")} (≤ {Mean(arm, $"pullBound.{layer}", 0)})"), .. Passed.Select(layer => $"{Mean(arm, $"pass.{layer}", 2)} (≤ {Mean(arm, $"passBound.{layer}", 0)})"),
            ];
        }

        (double, string)[] ticks = [.. activations.Select((activation, i) => ((double)i, activation.Replace("leaky-relu:", "", StringComparison.Ordinal)))];
        Curve Accuracy(string label, int colour, Func<string, string> arm, string column) => MeanCurve.Of(
            label, colour, [.. activations.Select((activation, i) => ((double)i, accuracies.Values(arm(activation), column).OfType<double>().Select(value => 100 * value).ToArray())).Where(point => point.Item2.Length > 0)]);
        LinePanel accuracy = new("accuracy", "slope a of the leaky ReLU, or x + ReLU(x)", "test accuracy in %", [.. Passes.Select((pass, colour) => Accuracy($"by the {pass}", colour, activation => ArmOf(activation, pass), "testAccuracy"))], ticks);
        LinePanel probe = new(
            "ridge probe on the hidden layer", "slope a of the leaky ReLU, or x + ReLU(x)", "test accuracy in %",
            [.. Passes.Select((pass, colour) => Accuracy($"by the {pass}", colour, activation => ArmOf(activation, pass), "probeAccuracy")), Accuracy("untrained", Passes.Length, activation => ArmOf(activation, "untrained"), "probeAccuracy")], ticks);
        return
        [
            new FigureArtefact(Name, new Figure(
                "What the inverse of the activation costs", results.Provenance.DataSet,
                $"{TargetPropagationProtocol.Units} hidden units, the found set-up but for activation and pass, two passes over the samples; mean over {accuracies.Seeds} seed(s) with its 95 % interval. By the inverse: u′ = f⁻¹(x′). By the slope: u′ = u + f′(u)(x′ − x).", 2, [accuracy, probe])),
            new TableArtefact(Name, new Table(
                "How targets grow on their way down", results.Provenance.DataSet,
                ["activation", "passed by the", .. Layers.Select(layer => $"‖x′−x‖/‖dy‖, {layer}"), .. Passed.Select(layer => $"‖u′−u‖/‖x′−x‖, {layer}")],
                [.. from activation in activations from pass in Passes select Row(activation, pass)],
                [$"Three hidden layers of {NarrowUnits} units, untrained, all directions, gradient targets; mean over the steps of a pass, then over seeds. In brackets the bounds: 1/σ_min of the layer's new weights, and 1/a or the largest slope."])),
            new TableArtefact("targets-cosine", new Table(
                "Cosine of the weight steps to the gradient", results.Provenance.DataSet,
                ["activation", "passed by the", "output", .. Passed],
                [.. from activation in activations from pass in Passes select (IReadOnlyList<string>)[activation, pass, .. new[] { "output" }.Concat(Passed).Select(layer => Mean(ArmOf(activation, pass), $"cosine.{layer}", 3))]],
                ["The same networks. Minus the gradient of half the squared error of the outputs, whose errors are those of the gradient targets."])),
        ];
    }

    /// <summary>The arm of an activation and how targets pass it.</summary>
    public static string ArmOf(string activation, string pass) => $"{activation}, {pass}";

    private static RunSpec Trained(ExperimentPlan plan, RunSpec spec, string activation, long seed) =>
        spec with { Activation = activation, Seed = seed, Limit = TargetPropagationProtocol.Limit(plan, 24_000), Probes = [Probe] };

    private static string ArmOf(RunSpec spec) => ArmOf(spec.Activation, spec.RuleOptions.GetValueOrDefault("activation-pass", "untrained"));
}
