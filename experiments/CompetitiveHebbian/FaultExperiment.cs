using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>One fault alone: everything as published, once with the fault and once without it, on the same seeds.</summary>
public abstract class FaultExperiment : CompetitiveHebbianExperiment
{
    private readonly string fault;
    private readonly FaultSide with;
    private readonly FaultSide without;
    private readonly string explanation;

    /// <param name="fault">Its letter and number in the documentation.</param>
    /// <param name="explanation">What a reader should know of the table.</param>
    private protected FaultExperiment(string fault, string name, string summary, FaultSide with, FaultSide without, string explanation)
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
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => !IsTestable(plan.DataSet) ? [] : new[] { with.Arm, without.Arm }.Distinct().SelectMany(arm => arm switch
    {
        Arm.LayerNormalized => FaultRuns.LayerNormalized(plan),
        Arm.Published when PublishedProtocol.FactorialProbes.Contains(with.Probe) && PublishedProtocol.FactorialProbes.Contains(without.Probe) && without.Arm != Arm.Corrected => FaultRuns.Factorial(plan),
        _ => PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, arm, PublishedProtocol.FaultSeeds),
    });

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) => [ProbeTable.Assemble(Name, records, ProbeTable.ArmOf)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table(Name));
        List<IReadOnlyList<string>> rows = [];
        HashSet<int> seeds = [];
        foreach (PaperRule rule in PublishedProtocol.Rules)
        {
            foreach (int width in PublishedProtocol.Widths)
            {
                IReadOnlyList<double?> Accuracies(FaultSide side) => data.Accuracies(rule.Name, KebabCase.From(side.Arm), width, side.Probe, side.Measure);
                string Missing(FaultSide side) => side.Measure == "testAccuracy" ? Cells.Mean(data.Values(rule.Name, KebabCase.From(side.Arm), width, side.Probe, "classesNeverPredicted"), 1) : Cells.NotRun;
                IReadOnlyList<double?> faulty = Accuracies(with), repaired = Accuracies(without);
                if (faulty.Count == 0 || repaired.Count == 0)
                {
                    continue;
                }

                double[] gains = Cells.Differences(repaired, faulty);
                string gain = gains.Length == 0 ? "diverged" : Cells.Signed(gains.Average(), 1) + (gains.Length > 1 ? $" ± {Cells.Number(SeedInterval.Of(gains).HalfWidth, 1)}" : "");
                rows.Add([rule.Name, width.ToString(CultureInfo.InvariantCulture), Cells.Mean(faulty, 1), Missing(with), Cells.Mean(repaired, 1), Missing(without), gain]);
                seeds.Add(gains.Length);
            }
        }

        return
        [
            new TableArtefact(Name, new Table(
                $"{fault}: {with.Label} against {without.Label}, test accuracy in %",
                results.Provenance.DataSet,
                ["rule", "units", with.Label, "classes never predicted", without.Label, "classes never predicted", "gain"],
                rows,
                [explanation, seeds.Max() > 1 ? $"Mean over {string.Join(" or ", seeds.Where(count => count > 1).Order())} seeds ± half of its 95 % Student interval; the gain is paired by seed." : "One seed, so there is no interval."])),
        ];
    }
}
