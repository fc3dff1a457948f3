using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>Accuracy and loss over training of every estimator, and what they reach in one pass over all data.</summary>
public sealed class EstimatorCurves : TargetPropagationExperiment
{
    private const string CurvesName = "estimators-curves";
    private const string SearchName = "estimators-search";

    /// <summary>The arm of the found set-up.</summary>
    public const string Found = "least squares, as found";

    private const int Many = 32;

    /// <inheritdoc/>
    public override string Name => "estimators";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary => "accuracy and loss over training as written, with the denominators put right, and by least squares";

    /// <summary>The arm of an estimator in the text's set-up.</summary>
    public static string ArmOf(string estimator, int directions = 1) => $"{estimator.Replace('-', ' ')}, {directions} direction{(directions > 1 ? "s" : "")}";

    /// <summary>The arms that <see cref="ArmOf(string, int)"/> names.</summary>
    public static IReadOnlyList<string> Arms { get; } =
    [
        .. TargetPropagationProtocol.Estimators.Select(estimator => ArmOf(estimator)), ArmOf(TargetPropagationProtocol.LeastSquares, Many), Gradient(1), Gradient(Many), Found, TargetPropagationProtocol.Backprop,
    ];

    /// <summary>The arm of least squares with targets down the gradient.</summary>
    public static string Gradient(int directions) => $"{ArmOf(TargetPropagationProtocol.LeastSquares, directions)}, gradient targets";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) => Specs(plan).SelectMany(arm => TargetPropagationProtocol.Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from arm in Specs(plan)
        let rate = TargetPropagationProtocol.Rates(plan).Best(arm, plan)
        from seed in TargetPropagationProtocol.Seeds(plan, 5)
        from spec in new[] { arm with { Epochs = 10 }, arm with { Limit = TargetPropagationProtocol.Limit(plan, 60_000) } }
        select spec with { LearningRate = rate, Seed = seed };

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] curves = [.. records.Where(record => record.Spec.Epochs > 1)], single = [.. records.Where(record => record.Spec.Epochs == 1)];
        int searched = single.Min(record => record.Spec.Limit);
        ResultTable Table(string name, IEnumerable<RunRecord> some) => ArmTables.Runs(name, some, ArmOf, ("validationAccuracy", MeasureNames.ValidationAccuracy), ("testAccuracy", MeasureNames.TestAccuracy));
        return
        [
            Table(Name, single.Where(record => record.Spec.Limit > searched)), Table(SearchName, single.Where(record => record.Spec.Limit == searched)),
            ArmTables.Curves(CurvesName, curves, ArmOf, MeasureNames.ValidationAccuracy, MeasureNames.TrainingLoss),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name)), curves = new(results.Table(CurvesName));
        Curve[] Drawn(IEnumerable<string> arms, string curve, double scale, bool isLogarithmic) =>
        [
            .. from arm in arms.Index()
               let points = curves.Points(arm.Item, curve)
               where points.Count > 0
               select MeanCurve.Of(arm.Item, arm.Index, [.. points.Select(point => (point.At, point.Values.Select(value => scale * value).ToArray()))], isLogarithmic),
        ];
        (string Title, string[] Arms)[] groups = [("one direction", [.. Arms.Take(TargetPropagationProtocol.Estimators.Length)]), ("least squares", [.. Arms.Skip(TargetPropagationProtocol.Estimators.Length - 1)])];
        return
        [
            new FigureArtefact(Name, new Figure(
                "The estimators over training", results.Provenance.DataSet,
                $"{TargetPropagationProtocol.Units} hidden units, mean over {curves.Seeds} seed(s) with its 95 % interval, each arm at the learning rate found for it on validation samples. The loss is half the squared error of the outputs, of backprop the cross-entropy; arms that diverged have none. As found: the rule's defaults.", 2,
                [
                    .. groups.Select(group => new LinePanel(group.Title, "step", "validation accuracy in %", Drawn(group.Arms, MeasureNames.ValidationAccuracy, 100, isLogarithmic: false))),
                    .. groups.Select(group => new LinePanel(group.Title, "step", "training loss", Drawn(group.Arms, MeasureNames.TrainingLoss, 1, isLogarithmic: true), IsLogarithmic: true)),
                ])),
            new TableArtefact(Name, new Table(
                "One pass over all data", results.Provenance.DataSet, ["estimator and directions", "learning rate", "test accuracy in %"],
                [.. Arms.Where(arm => data.Count(arm) > 0).Select(arm => (IReadOnlyList<string>)[arm, data.Text(arm, "learningRate"), Cells.Mean([.. data.Values(arm, "testAccuracy").Select(value => 100 * value)], 1)])],
                [
                    $"{TargetPropagationProtocol.Units} hidden units, batch 256, one pass; mean over seeds with its 95 % interval, at the learning rate found on validation samples with a grid for all arms alike.",
                    "Unless as found: leaky ReLU of slope 0.5, targets one-hot, passed by the inverse of the activation, plain steps. Gradient targets: y + t − softmax(y).",
                ])),
        ];
    }

    private static IEnumerable<RunSpec> Specs(ExperimentPlan plan)
    {
        Dictionary<string, string> gradient = new() { ["output-target"] = "gradient" };
        RunSpec[] specs =
        [
            .. TargetPropagationProtocol.Estimators.Select(estimator => TargetPropagationProtocol.Text(plan, estimator, 1)), TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, Many),
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 1, gradient), TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, Many, gradient),
            TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule), TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Backprop),
        ];
        return specs.Select(spec => spec with { Limit = TargetPropagationProtocol.Limit(plan, 12_000) });
    }

    private static string ArmOf(RunSpec spec)
    {
        if (spec.Rule == TargetPropagationProtocol.Backprop)
        {
            return spec.Rule;
        }

        int directions = int.Parse(spec.RuleOptions["directions"], CultureInfo.InvariantCulture);
        return spec.Optimizer == OptimizerKind.Adamw ? Found : spec.RuleOptions["output-target"] == "gradient" ? Gradient(directions) : ArmOf(spec.RuleOptions["estimator"], directions);
    }
}
