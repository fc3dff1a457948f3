using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// Accuracy and loss over training of every estimator, and what they reach in one pass over all data.
/// </summary>
public sealed class EstimatorCurves : TargetPropagationExperiment
{
    /// <summary>
    /// The table of the loss at every step of one pass over all data, of the arms with one direction.
    /// </summary>
    public const string LossName = "estimators-loss";

    private const string CurvesName = "estimators-curves";
    private const string SearchName = "estimators-search";

    /// <summary>The arm of the found set-up.</summary>
    public const string Found = "least squares, as found";

    private const int Many = 32;
    private const double LargestLoss = 1_000;

    /// <inheritdoc/>
    public override string Name => "estimators";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary =>
        "accuracy and loss over training as written, with the denominators put right, and by least squares";

    /// <summary>The arm of an estimator in the text's set-up.</summary>
    public static string ArmOf(string estimator, int directions = 1) =>
        $"{estimator.Replace('-', ' ')}, {directions} direction{(directions > 1 ? "s" : "")}";

    /// <summary>The arms that <see cref="ArmOf(string, int)"/> names.</summary>
    internal static List<string> Arms { get; } =
    [
        .. TargetPropagationProtocol.Estimators.Select(estimator => ArmOf(estimator)),
        ArmOf(TargetPropagationProtocol.LeastSquares, Many),
        Gradient(1),
        Gradient(Many),
        Found,
        TargetPropagationProtocol.Backprop,
    ];

    private static string[] OneDirection { get; } =
    [.. TargetPropagationProtocol.Estimators.Select(estimator => ArmOf(estimator))];

    /// <summary>The arm of least squares with targets down the gradient.</summary>
    public static string Gradient(int directions) =>
        $"{ArmOf(TargetPropagationProtocol.LeastSquares, directions)}, gradient targets";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Specs(plan).SelectMany(arm => Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        Specs(plan)
            .SelectMany(arm =>
                TargetPropagationProtocol
                    .Tuned(plan, Rates(plan), arm, 5, spec => spec)
                    .SelectMany(spec =>
                        new[]
                        {
                            // The loss at every step; and about as many steps in several passes over fewer samples,
                            // with the accuracy after each.
                            spec with
                            {
                                Diagnostics = 1,
                            },
                            spec with
                            {
                                Limit = TargetPropagationProtocol.Limit(plan, 12_000),
                                Epochs = 5,
                                Diagnostics = 10,
                            },
                        }
                    )
            );

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] single = [.. records.Where(record => record.Spec.Epochs == 1)],
            several = [.. records.Where(record => record.Spec.Epochs > 1)];
        return
        [
            .. TargetPropagationProtocol.Accuracies(Name, SearchName, single, ArmOf),
            ArmTables.Curves(
                LossName,
                single.Where(record =>
                    TargetPropagationProtocol.IsTuned(record) && OneDirection.Contains(ArmOf(record.Spec))
                ),
                ArmOf,
                MeasureNames.TrainingLoss
            ),
            ArmTables.Curves(CurvesName, several, ArmOf, MeasureNames.ValidationAccuracy, MeasureNames.TrainingLoss),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name)),
            curves = new(results.Table(CurvesName));
        string[] others = [.. Arms.Skip(OneDirection.Length - 1)];
        IEnumerable<Curve> Drawn(
            IEnumerable<string> arms,
            string curve,
            double scale,
            double cut,
            bool isLogarithmic
        ) =>
            arms.Select(arm =>
                MeanCurve.Of(
                    data.Label(arm),
                    Arms.IndexOf(arm),
                    [
                        .. curves
                            .Points(arm, curve)
                            .Select(point => (point.At, point.Values.Select(value => scale * value).ToArray()))
                            .TakeWhile(point => point.Item2.Average() < cut),
                    ],
                    isLogarithmic
                )
            );
        return
        [
            .. FigureOf(
                Name,
                "The estimators over training",
                results,
                $"{TargetPropagationProtocol.Units} hidden units, batches of 256, mean over {data.Seeds} "
                    + "seed(s) with its 95 % interval, each arm at the learning rate found for it on "
                    + "validation samples; arms that diverged have no curve. Left and middle: the text's "
                    + "set-up with one direction; the loss, half the squared error of the outputs, is cut off "
                    + $"at {LargestLoss}, above which all of that as written lies. Right: more directions, "
                    + "targets down the gradient, the rule's defaults (as found, but for the rate).",
                3,
                [
                    .. PanelOf(
                        "one direction: accuracy",
                        "step",
                        "validation accuracy in %",
                        Drawn(
                            OneDirection,
                            MeasureNames.ValidationAccuracy,
                            100,
                            double.PositiveInfinity,
                            isLogarithmic: false
                        )
                    ),
                    .. PanelOf(
                        "one direction: loss",
                        "step",
                        "training loss",
                        Drawn(OneDirection, MeasureNames.TrainingLoss, 1, LargestLoss, isLogarithmic: true),
                        isLogarithmic: true
                    ),
                    .. PanelOf(
                        "least squares: accuracy",
                        "step",
                        "validation accuracy in %",
                        Drawn(
                            others,
                            MeasureNames.ValidationAccuracy,
                            100,
                            double.PositiveInfinity,
                            isLogarithmic: false
                        )
                    ),
                ]
            ),
            new TableArtefact(
                Name,
                new Table(
                    "One pass over the data",
                    results.Provenance.DataSet,
                    ["estimator and directions", "learning rate", "steps", "test accuracy in %"],
                    [
                        .. Arms.Where(arm => data.Count(arm) > 0)
                            .Select(arm =>
                                (IReadOnlyList<string>)
                                    [
                                        arm,
                                        data.Text(arm, "learningRate"),
                                        data.Text(arm, "steps"),
                                        Cells.Mean(data.Percent(arm, "testAccuracy"), 1),
                                    ]
                            ),
                    ],
                    [
                        $"{TargetPropagationProtocol.Units} hidden units, batches of 256; mean over seeds "
                            + "with its 95 % interval, at the learning rate found on validation samples with a "
                            + "grid for all arms alike.",
                        "Text's set-up unless as found: leaky ReLU of slope 0.5, one-hot targets passed "
                            + "by the inverse of the activation, plain steps. Gradient targets: y + t − "
                            + "softmax(y). As found: the rule's defaults, but for the rate.",
                    ]
                )
            ),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1], 3e-3, 3e-1) with
        {
            Seeds = plan.Profile == Profile.Paper ? 3 : 1,
        };

    private static IEnumerable<RunSpec> Specs(ExperimentPlan plan)
    {
        Dictionary<string, string> gradient = new() { ["output-target"] = "gradient" };
        RunSpec[] specs =
        [
            .. TargetPropagationProtocol.Estimators.Select(estimator =>
                TargetPropagationProtocol.Text(plan, estimator, 1)
            ),
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, Many),
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 1, gradient),
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, Many, gradient),
            TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule),
            TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Backprop),
        ];
        return specs.Select(spec => spec with { Limit = TargetPropagationProtocol.Limit(plan, 60_000) });
    }

    private static string ArmOf(RunSpec spec)
    {
        if (spec.Rule == TargetPropagationProtocol.Backprop)
        {
            return spec.Rule;
        }

        int directions = int.Parse(spec.RuleOptions["directions"], CultureInfo.InvariantCulture);
        return spec.Optimizer == OptimizerKind.Adamw ? Found
            : spec.RuleOptions["output-target"] == "gradient" ? Gradient(directions)
            : ArmOf(spec.RuleOptions["estimator"], directions);
    }
}
