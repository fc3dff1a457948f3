namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// Accuracy and loss over training of every estimator, and what they reach in one pass over all data.
/// </summary>
internal sealed class EstimatorCurves : TargetPropagationExperiment<EstimatorArm>
{
    /// <summary>
    /// The table of the loss at every step of one pass over all data, of the arms with one direction.
    /// </summary>
    public const string LossName = "estimators-loss";

    /// <summary>The arm of the found set-up.</summary>
    public const string Found = "least squares, as found";

    private const string CurvesName = "estimators-curves";
    private const string SearchName = "estimators-search";
    private const int Many = 32;
    private const double LargestLoss = 1_000;

    private static readonly string[] OneDirection =
    [
        .. TargetPropagationProtocol.Estimators.Select(estimator => ArmOf(estimator)),
    ];

    /// <inheritdoc/>
    public override string Name => "estimators";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Question =>
        "Does the method learn as written, with its denominators put right, and by least squares?";

    /// <summary>The names of the arms, in the order of the table.</summary>
    internal static List<string> Arms { get; } =
    [
        .. OneDirection,
        ArmOf(TargetPropagationProtocol.LeastSquares, Many),
        Gradient(1),
        Gradient(Many),
        Found,
        TargetPropagationProtocol.Backprop,
    ];

    /// <summary>The name of the arm of an estimator in the text's set-up.</summary>
    public static string ArmOf(string estimator, int directions = 1) =>
        $"{estimator.Replace('-', ' ')}, {directions} direction{(directions > 1 ? "s" : "")}";

    /// <summary>The name of the arm of least squares with targets down the gradient.</summary>
    public static string Gradient(int directions) =>
        $"{ArmOf(TargetPropagationProtocol.LeastSquares, directions)}, gradient targets";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<EstimatorArm>> Search(ExperimentPlan plan) =>
        Specs(plan).SelectMany(arm => Rates(plan).Runs(new EstimatorArm(arm.Arm, IsOnePass: true), arm.Spec, plan));

    /// <summary>
    /// The loss at every step of one pass; and about as many steps in several passes over fewer samples, with the
    /// accuracy after each.
    /// </summary>
    public override IEnumerable<PlannedRun<EstimatorArm>> Runs(ExperimentPlan plan) =>
        from arm in Specs(plan)
        from spec in TargetPropagationProtocol.Tuned(plan, Rates(plan), arm.Spec)
        from run in new PlannedRun<EstimatorArm>[]
        {
            new(new EstimatorArm(arm.Arm, IsOnePass: true), RunRole.Final, spec with { Diagnostics = 1 }),
            new(new EstimatorArm(arm.Arm, IsOnePass: false), RunRole.Final, SeveralPasses(plan, spec)),
        }
        select run;

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(results.Table<AccuracyRow>(Name));
        ArmCurves curves = new(results.Table<CurveRow>(CurvesName));
        string[] others = [.. Arms.Skip(OneDirection.Length - 1)];
        const string accuracy = "validation accuracy in %";
        IEnumerable<Panel>[] panels =
        [
            PanelOf("one direction: accuracy", "step", accuracy, Accuracies(data, curves, OneDirection)),
            PanelOf(
                "one direction: loss",
                "step",
                "training loss",
                Losses(data, curves, OneDirection),
                isLogarithmic: true
            ),
            PanelOf("least squares: accuracy", "step", accuracy, Accuracies(data, curves, others)),
        ];
        string caption =
            $"{TargetPropagationProtocol.Units} hidden units, batches of 256, mean over {Cells.Seeds(data.Seeds)} with "
            + "its 95 % interval, each arm at the learning rate found for it on validation samples; arms that "
            + "diverged have no curve. Left and middle: the text's set-up with one direction; the loss, half "
            + $"the squared error of the outputs, is cut off at {LargestLoss}, above which all of that as "
            + "written lies. Right: more directions, targets down the gradient, the rule's defaults (as found, "
            + "but for the rate).";
        return
        [
            .. FigureOf(
                Name,
                () => Findings(results).First().TrimEnd('.'),
                results,
                caption,
                3,
                panels.SelectMany(panel => panel)
            ),
            TableOf(data, results),
        ];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(results.Table<AccuracyRow>(Name));
        string Accuracy(string arm) => Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 1);
        yield return "Test accuracy in % after one pass: target propagation along random directions as the note writes "
            + $"it {Accuracy(OneDirection[0])}, put right {Accuracy(Found)}, backpropagation "
            + $"{Accuracy(TargetPropagationProtocol.Backprop)}.";
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<EstimatorArm>> runs)
    {
        MeasuredRun<EstimatorArm>[] single = [.. runs.Where(run => run.Arm.IsOnePass)];
        IEnumerable<CurveRow> losses =
            from run in single
            where run.Role == RunRole.Final && !run.HasDiverged && OneDirection.Contains(run.Arm.Name)
            from row in CurveRow.Of(run.Arm.Name, run.Record, MeasureNames.TrainingLoss)
            select row;
        IEnumerable<CurveRow> curves =
            from run in runs
            where !run.Arm.IsOnePass && !run.HasDiverged
            from row in CurveRow.Of(
                run.Arm.Name,
                run.Record,
                MeasureNames.ValidationAccuracy,
                MeasureNames.TrainingLoss
            )
            select row;
        return
        [
            AccuracyRow.Final(Name, single, arm => arm.Name),
            AccuracyRow.Search(SearchName, single, arm => arm.Name),
            new ResultTable<CurveRow>(LossName, [.. losses]),
            new ResultTable<CurveRow>(CurvesName, [.. curves]),
        ];
    }

    private static IEnumerable<Curve> Accuracies(ArmRuns<AccuracyRow> data, ArmCurves curves, IEnumerable<string> arms)
    {
        foreach (string arm in arms)
        {
            (double At, double[] Values)[] points =
            [
                .. from point in curves.Points(arm, MeasureNames.ValidationAccuracy)
                select (point.At, point.Values.Select(value => 100 * value).ToArray()),
            ];
            yield return MeanCurve.Of(data.Label(arm), StyleOf(arm), points);
        }
    }

    /// <summary>The losses as long as their mean lies below what the figure shows.</summary>
    private static IEnumerable<Curve> Losses(ArmRuns<AccuracyRow> data, ArmCurves curves, IEnumerable<string> arms)
    {
        foreach (string arm in arms)
        {
            (double At, double[] Values)[] points =
            [
                .. curves
                    .Points(arm, MeasureNames.TrainingLoss)
                    .TakeWhile(point => point.Values.Average() < LargestLoss),
            ];
            yield return MeanCurve.Of(data.Label(arm), StyleOf(arm), points, isLogarithmic: true);
        }
    }

    private static SeriesStyle StyleOf(string arm) =>
        arm switch
        {
            Found => SeriesStyles.OfRule(TargetPropagationProtocol.Rule),
            TargetPropagationProtocol.Backprop => SeriesStyles.OfRule(TargetPropagationProtocol.Backprop),
            _ => SeriesStyles.OfArm(Arms.IndexOf(arm)),
        };

    private TableArtefact TableOf(ArmRuns<AccuracyRow> data, ResultFolder results)
    {
        IReadOnlyList<string> Row(string arm)
        {
            RunRow first = data.First(arm)!;
            string accuracy = Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 1);
            return [arm, RunJson.Number(first.LearningRate), Text(first.Steps), accuracy];
        }

        string[] notes =
        [
            $"{TargetPropagationProtocol.Units} hidden units, batches of 256; mean over seeds with its 95 % "
                + "interval, at the learning rate found on validation samples with a grid for all arms alike.",
            "Text's set-up unless as found: leaky ReLU of slope 0.5, one-hot targets passed by the inverse of the "
                + "activation, plain steps. Gradient targets: y + t − softmax(y). As found: the rule's defaults, "
                + "but for the rate.",
        ];
        Table table = new(
            "One pass over the data",
            results.Provenance.DataSet,
            ["estimator and directions", "learning rate", "steps", "test accuracy in %"],
            [.. Arms.Where(arm => data.Count(arm) > 0).Select(Row)],
            notes
        );
        return new TableArtefact(Name, table);
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1], 3e-3, 3e-1) with
        {
            Seeds = plan.Profile == Profile.Paper ? 3 : 1,
        };

    private static RunSpec SeveralPasses(ExperimentPlan plan, RunSpec spec) =>
        spec with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = 5,
            Diagnostics = 10,
        };

    private static IEnumerable<(string Arm, RunSpec Spec)> Specs(ExperimentPlan plan)
    {
        const string leastSquares = TargetPropagationProtocol.LeastSquares;
        Dictionary<string, string> gradient = new() { ["output-target"] = "gradient" };
        RunSpec Text(string estimator, int directions, Dictionary<string, string>? options = null) =>
            TargetPropagationProtocol.Text(plan, estimator, directions, options);
        (string Arm, RunSpec Spec)[] specs =
        [
            .. TargetPropagationProtocol.Estimators.Select(estimator => (ArmOf(estimator), Text(estimator, 1))),
            (ArmOf(leastSquares, Many), Text(leastSquares, Many)),
            (Gradient(1), Text(leastSquares, 1, gradient)),
            (Gradient(Many), Text(leastSquares, Many, gradient)),
            (Found, TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule)),
            (
                TargetPropagationProtocol.Backprop,
                TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Backprop)
            ),
        ];
        int limit = TargetPropagationProtocol.Limit(plan, 60_000);
        return specs.Select(arm => (arm.Arm, arm.Spec with { Limit = limit }));
    }
}

/// <summary>An arm of the estimators' comparison.</summary>
/// <param name="IsOnePass">Whether all data are passed over once, or fewer data several times.</param>
internal sealed record EstimatorArm(string Name, bool IsOnePass);
