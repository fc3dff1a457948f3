using Reproduction.Statistics;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// One fault alone: everything as published, once with the fault and once without it, on the same seeds.
/// </summary>
internal abstract class FaultExperiment : CompetitiveHebbianExperiment
{
    private readonly string fault;
    private readonly FaultSide with;
    private readonly FaultSide without;
    private readonly string explanation;

    /// <param name="fault">The fault's letter and number in the documentation.</param>
    /// <param name="explanation">What a reader should know of the table.</param>
    protected FaultExperiment(
        string fault,
        string name,
        string question,
        FaultSide with,
        FaultSide without,
        string explanation
    )
    {
        this.fault = fault;
        this.with = with;
        this.without = without;
        this.explanation = explanation;
        Name = name;
        Question = $"{fault}: {question}";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Question { get; }

    /// <summary>Whether a claim is decided by the test samples that its runs got right.</summary>
    protected virtual bool KeepsSamples => false;

    /// <summary>Whether the fault can show on a data set.</summary>
    protected virtual bool IsTestable(string dataSet) => true;

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        IsTestable(plan.DataSet)
            ? new[] { with.Setup, without.Setup }.Distinct().SelectMany(setup => RunsOf(plan, setup))
            : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table<ProbeRow>(Name));
        IEnumerable<IReadOnlyList<string>?> rows =
            from rule in PublishedProtocol.Rules
            from width in PublishedProtocol.Widths
            select Row(data, rule, width);
        string[] notes =
        [
            explanation,
            "Means over the seeds that have both, ± half of the 95 % Student interval where there are two or more; "
                + "the gain is paired by seed.",
        ];
        Table table = new(
            $"{fault}: {with.Label} against {without.Label}, test accuracy in %",
            results.Provenance.DataSet,
            [
                "rule",
                "units",
                "seeds",
                with.Label,
                $"classes never predicted, {with.Label}",
                without.Label,
                $"classes never predicted, {without.Label}",
                "gain",
            ],
            [.. rows.OfType<IReadOnlyList<string>>()],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        KeepsSamples
            ? [ProbeTable.Assemble(Name, runs), ProbeTable.Correct(Name, runs, with.Probe, without.Probe)]
            : [ProbeTable.Assemble(Name, runs)];

    private static IEnumerable<PlannedRun<PaperArm>> RunsOf(ExperimentPlan plan, Setup setup) =>
        setup switch
        {
            Setup.LayerNormalized => FaultRuns.LayerNormalized(plan),
            Setup.Published => FaultRuns.Factorial(plan),
            _ => PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, setup),
        };

    /// <summary>The row of a rule and width; null where no seed has both sides.</summary>
    private IReadOnlyList<string>? Row(ProbeTable data, PaperRule rule, int width)
    {
        IReadOnlyDictionary<long, double> BySeed(FaultSide side, Func<ProbeRow, double?> column) =>
            data.BySeed(rule.Name, KebabCase.From(side.Setup), width, side.Probe, column);
        IReadOnlyDictionary<long, double> faulty = BySeed(with, with.Accuracy),
            repaired = BySeed(without, without.Accuracy),
            gains = ProbeTable.Gains(faulty, repaired);
        if (gains.Count == 0)
        {
            return null;
        }

        string Over(IReadOnlyDictionary<long, double> values) =>
            Cells.Mean([.. gains.Keys.Where(values.ContainsKey).Select(seed => (double?)values[seed])], 1);
        string Missing(FaultSide side) =>
            side.IsTestChosen ? Cells.NotRun : Over(BySeed(side, row => row.ClassesNeverPredicted));
        string half = gains.Count > 1 ? $" ± {Cells.Number(SeedInterval.Of([.. gains.Values]).HalfWidth, 1)}" : "";
        return
        [
            rule.Name,
            Text(width),
            $"{gains.Count}",
            Over(faulty),
            Missing(with),
            Over(repaired),
            Missing(without),
            Cells.Signed(gains.Values.Average(), 1) + half,
        ];
    }
}
