using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Does Kickback pretrain anything? Ten one-against-rest networks on images: their own accuracy, and their last hidden
/// layers under a probe against random projections.
/// </summary>
public sealed class Pretraining : Experiment
{
    /// <summary>The table of verdicts.</summary>
    public const string DecisionsName = "pretraining-decisions";

    /// <summary>The baseline that is the network itself before training.</summary>
    public const string OwnStart = "own start";

    /// <summary>The baseline of random signs.</summary>
    public const string RandomSigns = "random signs";

    private const string SearchName = "pretraining-search";
    private const string Probe = "ridge";
    private const int QuickLimit = 6_000;

    private static readonly int[] Hidden = [KickbackProtocol.Units, KickbackProtocol.Units];

    private static readonly (string Rule, Initialization Initialization)[] Arms =
    [
        (KickbackArm.KickbackRule, Initialization.SignMatchedScaled),
        (KickbackArm.KickbackRule, Initialization.He),
        (KickbackArm.BackpropRule, Initialization.SignMatchedScaled),
        (KickbackArm.BackpropRule, Initialization.He),
    ];

    /// <inheritdoc/>
    public override string Paper => KickbackProtocol.Paper;

    /// <inheritdoc/>
    public override string PaperTitle => KickbackProtocol.PaperTitle;

    /// <inheritdoc/>
    public override string Name => "pretraining";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary =>
        "ten one-against-rest networks on images: their accuracy, and their features against random projections";

    /// <summary>Images of grey levels: on colour ones ten networks a run would take hours.</summary>
    public override string? DataSetFor(string chosen) =>
        chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Arms.SelectMany(arm => Rates(plan).Specs(Spec(plan, arm.Rule, arm.Initialization) with { Probes = [] }, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan)
    {
        foreach ((string rule, Initialization initialization) in Arms)
        {
            RunSpec spec = Spec(plan, rule, initialization);
            double rate = Rates(plan).Best(spec with { Probes = [] }, plan);
            foreach (long seed in plan.Seeds)
            {
                yield return spec with
                {
                    LearningRate = rate,
                    Seed = seed,
                };
            }
        }

        foreach (Initialization initialization in Arms.Select(arm => arm.Initialization).Distinct())
        {
            foreach (long seed in plan.Seeds)
            {
                yield return Spec(plan, "random", initialization) with
                {
                    Seed = seed,
                    Epochs = 0,
                };
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable Accuracies(string name, IEnumerable<RunRecord> some)
        {
            ResultTable table = new(
                name,
                [
                    "rule",
                    "initialization",
                    "learningRate",
                    "seed",
                    "runId",
                    "status",
                    "steps",
                    "testAccuracy",
                    "validationNmse",
                    "probeAccuracy",
                ]
            );
            foreach (RunRecord record in some.DistinctBy(record => record.RunId))
            {
                table.Add(
                    record.Spec.Rule,
                    KebabCase.From(record.Spec.Initialization),
                    record.Spec.LearningRate,
                    record.Spec.Seed,
                    record.RunId,
                    RunStatus.Of(record),
                    record.Steps,
                    record.Measure(MeasureNames.TestAccuracy),
                    record.Measure(MeasureNames.ValidationError),
                    record.Measure(MeasureNames.Probe(Probe, "testAccuracy"))
                );
            }

            return table;
        }

        RunRecord[] probed = [.. records.Where(record => record.Spec.Probes.Length > 0)];
        ResultTable decisions = new(DecisionsName, ["baseline", .. RandomProjectionFamily.Columns]);
        foreach (
            (string baseline, RunRecord[] against, Func<RunRecord, string> key) in new (
                string,
                RunRecord[],
                Func<RunRecord, string>
            )[]
            {
                (OwnStart, probed, RandomProjectionFamily.PairKey),
                // Scaled weights start nearly collinear, which is easy to beat: all are held against random signs too.
                (
                    RandomSigns,
                    [
                        .. probed.Where(record =>
                            record.Spec.Rule != "random" || record.Spec.Initialization == Initialization.He
                        ),
                    ],
                    record => $"{record.Spec.Seed}"
                ),
            }
        )
        {
            IReadOnlyList<(string Rule, int Width, ComparisonResult Result)> family = RandomProjectionFamily.Decide(
                against,
                Probe,
                record => Label(record.Spec.Rule, record.Spec.Initialization),
                key
            );
            foreach ((string rule, int width, ComparisonResult result) in family)
            {
                decisions.Add([baseline, .. RandomProjectionFamily.Row(rule, width, Probe, result, family.Count)]);
            }
        }

        return
        [
            Accuracies(Name, probed),
            Accuracies(SearchName, records.Where(record => record.Spec.Probes.Length == 0)),
            decisions,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable data = results.Table(Name),
            decisions = results.Table(DecisionsName);
        IReadOnlyList<double?> Percent(string rule, Initialization initialization, string column) =>
            [
                .. data
                    .Rows.Where(row =>
                        data.Text(row, "rule") == rule
                        && data.Text(row, "initialization") == KebabCase.From(initialization)
                    )
                    .Select(row => 100 * data.Number(row, column)),
            ];
        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "Ten one-against-rest networks: their own accuracy, and what their features are worth",
                    results.Provenance.DataSet,
                    [
                        "rule and initial weights",
                        "own test accuracy in %",
                        $"{Probe} probe on the features in %",
                        "before training in %",
                        "learned − before training in points",
                        "learned − random signs in points",
                    ],
                    [
                        .. Arms.Select(arm =>
                            (IReadOnlyList<string>)
                                [
                                    Label(arm.Rule, arm.Initialization),
                                    Cells.Mean(Percent(arm.Rule, arm.Initialization, "testAccuracy"), 2),
                                    Cells.Mean(Percent(arm.Rule, arm.Initialization, "probeAccuracy"), 2),
                                    Cells.Mean(Percent("random", arm.Initialization, "probeAccuracy"), 2),
                                    .. new[] { OwnStart, RandomSigns }.Select(baseline =>
                                        decisions.Rows.FirstOrDefault(row =>
                                            decisions.Text(row, "rule") == Label(arm.Rule, arm.Initialization)
                                            && decisions.Text(row, "baseline") == baseline
                                        )
                                            is { } decision
                                            ? RandomProjectionFamily.Text(decisions, decision)
                                            : Cells.NotRun
                                    ),
                                ]
                        ),
                    ],
                    [
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Hidden layers {string.Join(", ", Hidden)} in each of ten networks; features "
                                + $"are their last hidden layers side by side; before training: of the same ten "
                                + $"networks; random signs: of ten untrained networks with N(0, 2/n). AdamW, "
                                + $"learning rates from one grid for all arms on validation samples."
                        ),
                        "Verdict: sign-flip test over seeds, Holm over a column, level 5 %.",
                    ]
                )
            ),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        plan.Profile == Profile.Paper ? new([1e-4, 3e-4, 1e-3, 3e-3, 1e-2], 1) : new([1e-3], 1);

    private static RunSpec Spec(ExperimentPlan plan, string rule, Initialization initialization) =>
        plan.Rules[rule].Spec(plan.DataSet, Hidden, plan.Seeds[0], [Probe]) with
        {
            Targets = RunSpec.EachTarget,
            Activation = "signed-relu",
            Output = "identity",
            Initialization = initialization,
            Optimizer = OptimizerKind.Adamw,
            Epochs = plan.Profile == Profile.Paper ? 2 : 1,
            Limit = plan.Profile == Profile.Paper ? 0 : QuickLimit,
        };

    private static string Label(string rule, Initialization initialization) =>
        $"{(rule == KickbackArm.BackpropRule ? "Backprop" : "Kickback")}, {KickbackArm.Signs(initialization)}";
}
