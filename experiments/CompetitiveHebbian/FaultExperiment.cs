using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// One fault alone: everything as published, once with the fault and once without it, on the same seeds.
/// </summary>
public abstract class FaultExperiment : CompetitiveHebbianExperiment
{
    private readonly string fault;
    private readonly FaultSide with;
    private readonly FaultSide without;
    private readonly string explanation;

    /// <param name="fault">Its letter and number in the documentation.</param>
    /// <param name="explanation">What a reader should know of the table.</param>
    private protected FaultExperiment(
        string fault,
        string name,
        string summary,
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
        Summary = $"{fault}: {summary}";
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Summary { get; }

    /// <summary>Whether the fault can show on a data set.</summary>
    private protected virtual bool IsTestable(string dataSet) => true;

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        !IsTestable(plan.DataSet)
            ? []
            : new[] { with.Arm, without.Arm }
                .Distinct()
                .SelectMany(arm =>
                    arm switch
                    {
                        Arm.LayerNormalized => FaultRuns.LayerNormalized(plan),
                        Arm.Published => FaultRuns.Factorial(plan),
                        _ => PublishedProtocol.Grid(
                            plan,
                            PublishedProtocol.Rules,
                            PublishedProtocol.Widths,
                            arm,
                            PublishedProtocol.FaultSeeds
                        ),
                    }
                );

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ProbeTable.Assemble(Name, records, ProbeTable.ArmOf)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table(Name));
        List<IReadOnlyList<string>> rows = [];
        foreach (PaperRule rule in PublishedProtocol.Rules)
        {
            foreach (int width in PublishedProtocol.Widths)
            {
                IReadOnlyDictionary<long, double> Accuracies(FaultSide side) =>
                    data.BySeed(rule.Name, KebabCase.From(side.Arm), width, side.Probe, side.Measure);
                IReadOnlyDictionary<long, double> faulty = Accuracies(with),
                    repaired = Accuracies(without),
                    gains = ProbeTable.Gains(faulty, repaired);
                string Missing(FaultSide side) =>
                    side.Measure == "testAccuracy"
                        ? Over(
                            data.BySeed(
                                rule.Name,
                                KebabCase.From(side.Arm),
                                width,
                                side.Probe,
                                "classesNeverPredicted",
                                scale: 1
                            )
                        )
                        : Cells.NotRun;
                string Over(IReadOnlyDictionary<long, double> values) =>
                    Cells.Mean([.. gains.Keys.Where(values.ContainsKey).Select(seed => (double?)values[seed])], 1);
                if (gains.Count == 0)
                {
                    continue;
                }

                string gain =
                    Cells.Signed(gains.Values.Average(), 1)
                    + (gains.Count > 1 ? $" ± {Cells.Number(SeedInterval.Of([.. gains.Values]).HalfWidth, 1)}" : "");
                rows.Add([
                    rule.Name,
                    width.ToString(CultureInfo.InvariantCulture),
                    $"{gains.Count}",
                    Over(faulty),
                    Missing(with),
                    Over(repaired),
                    Missing(without),
                    gain,
                ]);
            }
        }

        return
        [
            new TableArtefact(
                Name,
                new Table(
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
                    rows,
                    [
                        explanation,
                        "Means over the seeds that have both, ± half of the 95 % Student interval where "
                            + "there are two or more; the gain is paired by seed.",
                    ]
                )
            ),
        ];
    }
}
