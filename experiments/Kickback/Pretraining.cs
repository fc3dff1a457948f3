using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Whether Kickback pretrains anything. Ten one-against-rest networks on images: their own accuracy, and their last
/// hidden layers under a probe against random projections.
/// </summary>
internal sealed class Pretraining : Experiment<PretrainingArm>
{
    /// <summary>The table of verdicts.</summary>
    public const string DecisionsName = "pretraining-decisions";

    /// <summary>The baseline that is the network itself before training.</summary>
    public const string OwnStart = "own start";

    /// <summary>The baseline of random signs.</summary>
    public const string RandomSigns = "random signs";

    /// <summary>The probe that decides.</summary>
    public const string Probe = "ridge";

    private const string SearchName = "pretraining-search";
    private const int QuickLimit = 6_000;

    private static readonly int[] Hidden = [KickbackProtocol.Units, KickbackProtocol.Units];

    private static readonly PretrainingArm[] Arms =
    [
        new(KickbackArm.KickbackRule, Initialization.SignMatchedScaled),
        new(KickbackArm.KickbackRule, Initialization.He),
        new(KickbackArm.BackpropRule, Initialization.SignMatchedScaled),
        new(KickbackArm.BackpropRule, Initialization.He),
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
    public override string Question => "Are the features of ten Kickback networks worth more than random projections?";

    /// <summary>Images of grey levels: on colour images ten networks per run would take hours.</summary>
    public override string? DataSetFor(string chosen) =>
        chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PretrainingArm>> Search(ExperimentPlan plan) =>
        Arms.SelectMany(arm => Rates(plan).Runs(arm, Searched(plan, arm), plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PretrainingArm>> Runs(ExperimentPlan plan) =>
        [
            .. from arm in Arms
            let rate = Rates(plan).Best(Searched(plan, arm), plan)
            from seed in plan.Seeds
            let spec = Spec(plan, arm) with
            {
                LearningRate = rate,
                Seed = seed,
            }
            select new PlannedRun<PretrainingArm>(arm, RunRole.Final, spec),
            .. from initialization in Arms.Select(arm => arm.Initialization).Distinct()
            let arm = new PretrainingArm(RandomProjectionFamily.Random, initialization)
            from seed in plan.Seeds
            let spec = Spec(plan, arm) with
            {
                Seed = seed,
                Epochs = 0,
            }
            select new PlannedRun<PretrainingArm>(arm, RunRole.Baseline, spec),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        IReadOnlyList<PretrainingRow> data = results.Table<PretrainingRow>(Name);
        IReadOnlyList<PretrainingDecisionRow> decisions = results.Table<PretrainingDecisionRow>(DecisionsName);
        string[] notes =
        [
            $"Hidden layers {string.Join(", ", Hidden)} in each of ten networks; features are their last hidden "
                + "layers side by side; before training: of the same ten networks; random signs: of ten untrained "
                + "networks with N(0, 2/n). AdamW, learning rates from one grid for all arms on validation "
                + "samples.",
            Cells.Edges(data.Select(row => row.PenaltyAtEdge)),
            .. decisions.Count > 0
                ? [$"{Decisions.TermsInWords([.. decisions.Select(row => row.Decision)])} A column is a question."]
                : Array.Empty<string>(),
        ];
        Table table = new(
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
            [.. Arms.Select(arm => Row(data, decisions, arm))],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        string[] arms =
        [
            .. from row in results.Table<PretrainingDecisionRow>(DecisionsName)
            where row.Baseline == RandomSigns
            select $"{row.Decision.Arm} {row.Decision.DifferenceText} ({row.Decision.VerdictText})",
        ];
        if (arms.Length == 0)
        {
            yield break;
        }

        yield return "Ridge probe on the features of ten networks against random projections of the same size, in "
            + "points: "
            + $"{string.Join("; ", arms)}.";
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PretrainingArm>> runs)
    {
        IEnumerable<MeasuredRun<PretrainingArm>> probed = runs.Where(run => run.Role != RunRole.Search),
            searched = runs.Where(run => run.Role == RunRole.Search);
        ResultTable<PretrainingDecisionRow> decisions = new(
            DecisionsName,
            [
                .. Decide(OwnStart, runs, arm => arm.Initialization),
                // Scaled weights start nearly collinear, which is easily bettered: random signs are a second yardstick.
                .. Decide(RandomSigns, runs, _ => Initialization.He),
            ]
        );
        return
        [
            new ResultTable<PretrainingRow>(Name, [.. probed.Select(RowOf)]),
            new ResultTable<PretrainingRow>(SearchName, [.. searched.Select(RowOf)]),
            decisions,
            new ResultTable<CorrectRow>(
                CorrectRow.NameOf(Name),
                CorrectRow.Of(probed.Select(run => run.Record), [Probe])
            ),
        ];
    }

    /// <summary>Decides all arms against untrained networks.</summary>
    /// <param name="initializationOf">The initial weights of the untrained networks that an arm is held
    /// against.</param>
    private static IEnumerable<PretrainingDecisionRow> Decide(
        string baseline,
        IReadOnlyList<MeasuredRun<PretrainingArm>> runs,
        Func<PretrainingArm, Initialization> initializationOf
    )
    {
        Dictionary<(Initialization Initialization, long Seed), MeasuredRun<PretrainingArm>> untrained = runs.Where(
                run => run.Role == RunRole.Baseline
            )
            .ToDictionary(run => (run.Arm.Initialization, run.Seed));
        Contest[] contests =
        [
            .. from run in runs
            where run.Role == RunRole.Final
            let key = (initializationOf(run.Arm), run.Seed)
            where untrained.ContainsKey(key)
            select new Contest(run.Arm.Label, KickbackProtocol.Units, run.Record, untrained[key].Record),
        ];
        return Decisions.Decide(contests, Probe).Select(decision => new PretrainingDecisionRow(baseline, decision));
    }

    private static PretrainingRow RowOf(MeasuredRun<PretrainingArm> run) =>
        new(
            run.Arm.Rule,
            run.Arm.Initialization,
            run.Spec.LearningRate,
            run.Seed,
            run.RunId,
            RunStatus.Of(run.Record),
            run.Record.Steps,
            run.Measure(MeasureNames.TestAccuracy),
            run.Measure(MeasureNames.ValidationError),
            run.Measure(MeasureNames.Probe(Probe, "testAccuracy")),
            run.Measure(MeasureNames.Probe(Probe, "penalty")),
            run.Measure(MeasureNames.Probe(Probe, "penaltyAtEdge"))
        );

    private static IReadOnlyList<string> Row(
        IReadOnlyList<PretrainingRow> data,
        IReadOnlyList<PretrainingDecisionRow> decisions,
        PretrainingArm arm
    )
    {
        string Mean(string rule, Func<PretrainingRow, double?> column)
        {
            IEnumerable<PretrainingRow> own = data.Where(row =>
                row.Rule == rule && row.Initialization == arm.Initialization
            );
            return Cells.Mean([.. own.Select(row => 100 * column(row))], 2);
        }

        string Verdict(string baseline) =>
            decisions.FirstOrDefault(row => row.Decision.Arm == arm.Label && row.Baseline == baseline)?.Decision.Text
            ?? Cells.NotRun;
        return
        [
            arm.Label,
            Mean(arm.Rule, row => row.TestAccuracy),
            Mean(arm.Rule, row => row.ProbeAccuracy),
            Mean(RandomProjectionFamily.Random, row => row.ProbeAccuracy),
            Verdict(OwnStart),
            Verdict(RandomSigns),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        plan.Profile == Profile.Paper ? new([1e-4, 3e-4, 1e-3, 3e-3, 1e-2], 1) : new([1e-3], 1);

    private static RunSpec Searched(ExperimentPlan plan, PretrainingArm arm) => Spec(plan, arm) with { Probes = [] };

    private static RunSpec Spec(ExperimentPlan plan, PretrainingArm arm) =>
        plan.Rules[arm.Rule].Spec(plan.DataSet, Hidden, plan.Seeds[0], [Probe]) with
        {
            Targets = RunSpec.EachTarget,
            Activation = "signed-relu",
            Output = "identity",
            Initialization = arm.Initialization,
            Optimizer = OptimizerKind.Adamw,
            Epochs = plan.Profile == Profile.Paper ? 2 : 1,
            Limit = plan.Profile == Profile.Paper ? 0 : QuickLimit,
        };
}
