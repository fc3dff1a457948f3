using Reproduction.Experiments.TargetPropagation.Instruments;
using Reproduction.Network;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// What the inverse of an activation does to targets on their way down: how much they grow against the bounds, how near
/// the weight steps stay to the gradient, and what is learned.
/// </summary>
internal sealed class TargetGrowth : TargetPropagationExperiment<GrowthArm>
{
    /// <summary>The table of accuracies.</summary>
    public const string AccuracyName = "targets-accuracy";

    private const string SearchName = "targets-search";
    private const string CosineName = "targets-cosine";
    private const string Untrained = "untrained";
    private const string Measured = "notes.";
    private const string Probe = "ridge";
    private const int NarrowUnits = 64;

    // The last hidden layer first: the way that targets go.
    private static readonly string[] Layers = ["output", "hidden3", "hidden2"];
    private static readonly string[] Passed = ["hidden3", "hidden2", "hidden1"];
    private static readonly string[] Ridges = ["0.0001", "1"];

    private static readonly string[] Activations =
    [
        "leaky-relu:0.05",
        "leaky-relu:0.1",
        "leaky-relu:0.3",
        "leaky-relu:0.5",
        "leaky-relu:0.8",
        "x-plus-relu",
    ];

    private static readonly string[] Passes = [TargetPropagationProtocol.Inverse, TargetPropagationProtocol.Slope];

    /// <inheritdoc/>
    public override string Name => "targets";

    /// <inheritdoc/>
    public override string Question => "Should targets pass an activation by its inverse or by its slope?";

    /// <summary>The name of the arm of an activation and how targets pass it.</summary>
    public static string ArmOf(string activation, string pass) => $"{activation}, {pass}";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<GrowthArm>> Search(ExperimentPlan plan) =>
        Trained(plan).SelectMany(trained => Rates(plan).Runs(trained.Arm, trained.Spec, plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<GrowthArm>> Runs(ExperimentPlan plan) =>
        [
            .. from activation in Of(plan)
            from seed in plan.Seeds
            from pass in Passes
            from ridge in Ridges
            let arm = new GrowthArm(NarrowArmOf(activation, pass, ridge), IsNarrow: true)
            select new PlannedRun<GrowthArm>(arm, RunRole.Final, Narrow(plan, activation, pass, ridge, seed)),
            .. from trained in Trained(plan)
            let final = trained.Spec with
            {
                Probes = [Probe],
            }
            from spec in TargetPropagationProtocol.Tuned(plan, Rates(plan), trained.Spec, final)
            select new PlannedRun<GrowthArm>(trained.Arm, RunRole.Final, spec),
            // The same networks untrained.
            .. from activation in Of(plan)
            from seed in plan.Seeds
            let arm = new GrowthArm(ArmOf(activation, Untrained), IsNarrow: false)
            select new PlannedRun<GrowthArm>(arm, RunRole.Baseline, AsDrawn(plan, activation, seed)),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmMeasures data = new(results.Table<MeasureRow>(Name));
        ArmRuns<ProbedRow> accuracies = ProbedRow.ByArm(results.Table<ProbedRow>(AccuracyName));
        string[] activations = [.. Activations.Where(activation => accuracies.Count(ArmOf(activation, Passes[0])) > 0)];
        return
        [
            .. AccuracyFigure(accuracies, activations, results),
            GrowthTable(data, activations, results),
            CosineTable(data, activations, results),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<GrowthArm>> runs)
    {
        IEnumerable<MeasureRow> measures =
            from run in runs
            where run.Arm.IsNarrow
            from row in MeasureRow.Of(run.Arm.Name, run.Record, Measured)
            select row;
        ResultTable<ProbedRow> Accuracies(string name, Func<RunRole, bool> belongs) =>
            new(
                name,
                [
                    .. runs.Where(run => !run.Arm.IsNarrow && belongs(run.Role))
                        .Select(run => ProbedRow.Of(run.Arm.Name, run.Record, Probe)),
                ]
            );
        return
        [
            new ResultTable<MeasureRow>(Name, [.. measures]),
            Accuracies(AccuracyName, role => role != RunRole.Search),
            Accuracies(SearchName, role => role == RunRole.Search),
        ];
    }

    private IEnumerable<Artefact> AccuracyFigure(
        ArmRuns<ProbedRow> accuracies,
        IReadOnlyList<string> activations,
        ResultFolder results
    )
    {
        const string slopes = "slope a of the leaky ReLU, or x + ReLU(x)",
            accuracy = "test accuracy in %";
        (double, string)[] ticks =
        [
            .. activations.Select((name, i) => ((double)i, name.Replace("leaky-relu:", "", StringComparison.Ordinal))),
        ];
        Curve CurveOf(string label, int i, string pass, Func<ProbedRow, double?> column)
        {
            double[] Values(string activation) =>
                [.. accuracies.Percent(ArmOf(activation, pass), column).OfType<double>()];
            return MeanCurve.Of(
                label,
                SeriesStyles.At(i),
                [.. activations.Select((name, i) => ((double)i, Values(name)))]
            );
        }

        IEnumerable<Curve> own = Passes.Select(
                (pass, i) => CurveOf($"by the {pass}", i, pass, row => row.TestAccuracy)
            ),
            probed = Passes.Select((pass, i) => CurveOf($"by the {pass}", i, pass, row => row.ProbeAccuracy));
        IEnumerable<string> bests = own.Where(curve => curve.Y.Count > 0)
            .Select(curve => $"{Cells.Number(curve.Y.Max(), 1)} {curve.Label} of the activation");
        Curve untrained = CurveOf(Untrained, Passes.Length, Untrained, row => row.ProbeAccuracy);
        string caption =
            $"{TargetPropagationProtocol.Units} hidden units, the rule's defaults but for activation, pass and the "
            + "learning rate, which was found for each on validation samples; two passes over 12,000 training "
            + $"images at most, validation samples among them; mean over {Cells.Seeds(accuracies.Seeds)} with its 95 % "
            + "interval. By the inverse: u′ = f⁻¹(x′). By the slope: u′ = u + f′(u)(x′ − x).";
        return FigureOf(
            Name,
            () => $"Test accuracy in % at best: {string.Join(", ", bests)}",
            results,
            caption,
            2,
            [
                .. PanelOf("accuracy", slopes, accuracy, own, ticks, isCategorical: true),
                .. PanelOf(
                    "ridge probe on the hidden layer",
                    slopes,
                    accuracy,
                    probed.Append(untrained),
                    ticks,
                    isCategorical: true
                ),
            ]
        );
    }

    private TableArtefact GrowthTable(ArmMeasures data, IEnumerable<string> activations, ResultFolder results)
    {
        IEnumerable<IReadOnlyList<string>> rows =
            from activation in activations
            from pass in Passes
            let arm = NarrowArmOf(activation, pass, Ridges[0])
            let pulls = Layers.Select(layer => Bounded(data, arm, $"pull.{layer}", $"pullBound.{layer}"))
            let passes = Passed.Select(layer => Bounded(data, arm, $"pass.{layer}", $"passBound.{layer}"))
            select (string[])[activation, pass, .. pulls, .. passes];
        string[] notes =
        [
            $"Three hidden layers of {NarrowUnits} units, untrained, as many directions as they have inputs, "
                + "gradient targets; mean over the steps of a pass, then over seeds. In brackets the bounds, means "
                + "alone: 1/σ_min of the layer's new weights, and 1/a or the largest slope.",
        ];
        Table table = new(
            "How targets grow on their way down",
            results.Provenance.DataSet,
            [
                "activation",
                "passed by the",
                .. Layers.Select(layer => $"‖x′−x‖/‖dy‖, {layer}"),
                .. Passed.Select(layer => $"‖u′−u‖/‖x′−x‖, {layer}"),
            ],
            [.. rows],
            notes
        );
        return new TableArtefact(Name, table);
    }

    private static TableArtefact CosineTable(ArmMeasures data, IEnumerable<string> activations, ResultFolder results)
    {
        IEnumerable<IReadOnlyList<string>> rows =
            from activation in activations
            from pass in Passes
            from ridge in Ridges
            let arm = NarrowArmOf(activation, pass, ridge)
            let cosines = Passed.Select(layer => Cells.Mean(data.Values(arm, $"cosine.{layer}"), 2))
            select (string[])[activation, pass, ridge, .. cosines];
        string[] notes =
        [
            "The same networks. Cosine of u′ − u with minus the gradient of the output's loss by u, over all units "
                + "and samples. Ridge: of the least squares, as a share of the mean squared response; at 10⁻⁴ the "
                + "step is nearly exact.",
        ];
        Table table = new(
            "Cosine of what targets ask of a layer and the gradient there",
            results.Provenance.DataSet,
            ["activation", "passed by the", "ridge", .. Passed],
            [.. rows],
            notes
        );
        return new TableArtefact(CosineName, table);
    }

    /// <summary>"1.23 ± 0.01 (≤ 2.00)": a measure's mean, and that of its bound.</summary>
    private static string Bounded(ArmMeasures data, string arm, string measure, string bound)
    {
        double[] bounds = data.Values(arm, bound);
        string limit = bounds.Length > 0 ? Cells.Number(bounds.Average(), 2) : Cells.NotRun;
        return $"{Cells.Mean(data.Values(arm, measure), 2)} (≤ {limit})";
    }

    private static string NarrowArmOf(string activation, string pass, string ridge) =>
        $"{activation}, {pass}, ridge {ridge}";

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2], 3e-3);

    private static IEnumerable<string> Of(ExperimentPlan plan) =>
        plan.Profile == Profile.Paper ? Activations : [Activations[1], Activations[3]];

    private static IEnumerable<(GrowthArm Arm, RunSpec Spec)> Trained(ExperimentPlan plan) =>
        from activation in Of(plan)
        from pass in Passes
        let options = new Dictionary<string, string> { ["activation-pass"] = pass }
        let spec = TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule, options) with
        {
            Activation = activation,
            Epochs = 2,
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
        }
        select (new GrowthArm(ArmOf(activation, pass), IsNarrow: false), spec);

    /// <summary>Three narrow layers as they were drawn: the steps are measured and not taken.</summary>
    private static RunSpec Narrow(ExperimentPlan plan, string activation, string pass, string ridge, long seed)
    {
        Dictionary<string, string> options = new()
        {
            ["draw"] = "orthonormal",
            ["output-target"] = "gradient",
            ["activation-pass"] = pass,
            ["ridge"] = ridge,
        };
        RunSpec spec = TargetPropagationProtocol.Text(
            plan,
            TargetPropagationProtocol.LeastSquares,
            NarrowUnits + 1,
            options
        );
        return TargetPropagationProtocol.Measured(spec) with
        {
            Instruments = [TargetInstrument.Id],
            Frozen = true,
            Hidden = [NarrowUnits, NarrowUnits, NarrowUnits],
            Activation = activation,
            Seed = seed,
            Limit = TargetPropagationProtocol.Limit(plan, 3_000),
        };
    }

    private static RunSpec AsDrawn(ExperimentPlan plan, string activation, long seed)
    {
        RunSpec spec = TargetPropagationProtocol.Of(plan, RandomProjectionFamily.Random);
        return TargetPropagationProtocol.Measured(spec) with
        {
            Activation = activation,
            Seed = seed,
            Initialization = Initialization.He,
            Output = "identity",
            Epochs = 0,
            Probes = [Probe],
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
        };
    }
}

/// <summary>An arm of the experiment on targets.</summary>
/// <param name="IsNarrow">Whether its networks have three narrow layers that are measured and not trained.</param>
internal sealed record GrowthArm(string Name, bool IsNarrow);
