using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>One direction or many: error over steps, over floating-point operations and over seconds.</summary>
public sealed class DirectionCount : TargetPropagationExperiment
{
    /// <summary>The table of accuracies by step.</summary>
    public const string CurvesName = "directions-curves";

    /// <summary>The table of what a step costs.</summary>
    public const string SecondsName = "directions-seconds";

    /// <summary>Its column of floating-point operations a step.</summary>
    public const string Operations = "operations";

    private const string SearchName = "directions-search";
    private const int Pixels = 784,
        Classes = 10;

    /// <summary>All directions that the first layer's inputs, with the constant one, span.</summary>
    private const int All = Pixels + 1;

    private static readonly int[] Shown = [1, 8, 32, 256, All];

    /// <inheritdoc/>
    public override string Name => "directions";

    /// <inheritdoc/>
    public override string Summary =>
        "from one direction to as many as inputs: error over steps, floating-point operations and seconds";

    /// <summary>The numbers of directions.</summary>
    public static int[] Counts { get; } = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, All];

    /// <summary>The arm of a number of directions.</summary>
    public static string ArmOf(int directions) => $"k = {directions}";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Specs(plan).SelectMany(arm => Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        Specs(plan)
            .SelectMany(arm =>
                TargetPropagationProtocol.Tuned(
                    plan,
                    Rates(plan),
                    arm,
                    5,
                    spec => spec with { Epochs = plan.Profile == Profile.Paper ? 8 : 4 }
                )
            );

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] tuned = [.. records.Where(TargetPropagationProtocol.IsTuned)];

        // Apart from the rest: seconds differ from machine to machine and from run to run.
        ResultTable seconds = new(SecondsName, ["arm", "seed", "seconds", Operations]);
        foreach (RunRecord record in tuned.DistinctBy(record => record.RunId))
        {
            seconds.Add(
                ArmOf(record.Spec),
                record.Spec.Seed,
                record.Seconds["train"] / Math.Max(record.Steps, 1),
                StepCost.Of(record.Spec, Pixels, Classes)
            );
        }

        return
        [
            .. TargetPropagationProtocol.Accuracies(Name, SearchName, records, ArmOf),
            ArmTables.Curves(CurvesName, tuned, ArmOf, MeasureNames.ValidationAccuracy),
            seconds,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name)),
            curves = new(results.Table(CurvesName)),
            seconds = new(results.Table(SecondsName));
        string[] arms =
        [
            .. Shown.Select(ArmOf).Where(arm => curves.Count(arm) > 0),
            TargetPropagationProtocol.Backprop,
        ];
        double PerStep(string arm, string column) => seconds.Values(arm, column).Median();
        IEnumerable<Panel> Panels(string title, string label, Func<string, double> unit)
        {
            Curve[] drawn =
            [
                .. arms.Select(
                        (arm, colour) =>
                            MeanCurve.Of(
                                data.Label(arm),
                                colour,
                                [
                                    .. curves
                                        .Points(arm, MeasureNames.ValidationAccuracy)
                                        .Select(point =>
                                            (
                                                Math.Log10(point.At * unit(arm)),
                                                point.Values.Select(value => 100 * (1 - value)).ToArray()
                                            )
                                        ),
                                ],
                                isLogarithmic: true
                            )
                    )
                    .Where(curve => curve.X.Count > 0),
            ];
            return drawn.Length == 0
                ? []
                : PanelOf(
                    title,
                    label,
                    "validation error in %",
                    drawn,
                    DecadeTicks.Of(drawn.Min(curve => curve.X[0]), drawn.Max(curve => curve.X[^1])),
                    isLogarithmic: true
                );
        }

        return
        [
            .. FigureOf(
                Name,
                "One direction or many",
                results,
                $"{TargetPropagationProtocol.Units} hidden units, the rule's defaults but for the number "
                    + "of directions and the learning rate, which was found for each on validation samples; "
                    + $"mean over {curves.Seeds} seed(s) with its 95 % interval after each pass over the "
                    + "samples. Operations are counted by formula (docs/target-propagation.md); seconds are "
                    + "the median of the runs on the machine named in the provenance, with validation and all "
                    + "that is recorded.",
                3,
                [
                    .. Panels("per step", "step", _ => 1),
                    .. Panels("per operation", "floating-point operations", arm => PerStep(arm, Operations)),
                    .. Panels("per second", "seconds of training", arm => PerStep(arm, "seconds")),
                ]
            ),
            new TableArtefact(
                Name,
                new Table(
                    "One direction or many",
                    results.Provenance.DataSet,
                    [
                        "directions a layer",
                        "learning rate",
                        "validation error in %",
                        "test error in %",
                        "million operations a step",
                        "milliseconds a step",
                    ],
                    [
                        .. Counts
                            .Select(ArmOf)
                            .Append(TargetPropagationProtocol.Backprop)
                            .Where(arm => data.Count(arm) > 0)
                            .Select(arm =>
                                (IReadOnlyList<string>)
                                    [
                                        arm,
                                        data.Text(arm, "learningRate"),
                                        Cells.Mean(
                                            [.. data.Percent(arm, "validationAccuracy").Select(value => 100 - value)],
                                            1
                                        ),
                                        Cells.Mean(
                                            [.. data.Percent(arm, "testAccuracy").Select(value => 100 - value)],
                                            1
                                        ),
                                        Cells.Number(PerStep(arm, Operations) / 1e6, 0),
                                        Cells.Number(1e3 * PerStep(arm, "seconds"), 1),
                                    ]
                            ),
                    ],
                    ["A layer takes no more directions than it has inputs. Mean over seeds with its 95 % interval."]
                )
            ),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2], 3e-3);

    private static IEnumerable<RunSpec> Specs(ExperimentPlan plan) =>
        [
            .. Counts
                .Where(count => plan.Profile == Profile.Paper || count is 1 or 32 or 128)
                .Select(count =>
                    Sized(
                        plan,
                        TargetPropagationProtocol.Of(
                            plan,
                            TargetPropagationProtocol.Rule,
                            new Dictionary<string, string> { ["directions"] = $"{count}" }
                        )
                    )
                ),
            Sized(plan, TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Backprop)),
        ];

    private static RunSpec Sized(ExperimentPlan plan, RunSpec spec) =>
        spec with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = plan.Profile == Profile.Paper ? 4 : 1,
        };

    private static string ArmOf(RunSpec spec) =>
        spec.Rule == TargetPropagationProtocol.Backprop
            ? spec.Rule
            : ArmOf(int.Parse(spec.RuleOptions["directions"], CultureInfo.InvariantCulture));
}
