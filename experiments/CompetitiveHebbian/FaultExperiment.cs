using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>One fault alone: everything as published, once with the fault and once without it, on the same seeds.</summary>
public abstract class FaultExperiment : CompetitiveHebbianExperiment
{
    /// <summary>The fault's letter and number in the documentation.</summary>
    private protected abstract string Fault { get; }

    private protected abstract FaultSide With { get; }

    private protected abstract FaultSide Without { get; }

    /// <summary>What a reader should know of the table.</summary>
    private protected abstract string Explanation { get; }

    /// <summary>Whether the fault can show on a data set.</summary>
    private protected virtual bool IsTestable(string dataSet) => true;

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => !IsTestable(plan.DataSet) ? [] : new[] { With.Arm, Without.Arm }.Distinct().SelectMany(arm => arm switch
    {
        Arm.LayerNormalized => FaultRuns.LayerNormalized(plan),
        Arm.Published when PublishedProtocol.FactorialProbes.Contains(With.Probe) && PublishedProtocol.FactorialProbes.Contains(Without.Probe) && Without.Arm != Arm.Corrected => FaultRuns.Factorial(plan),
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
                IReadOnlyList<double?> with = Accuracies(With), without = Accuracies(Without);
                if (with.Count == 0 || without.Count == 0)
                {
                    continue;
                }

                double[] gains = Cells.Differences(without, with);
                string gain = gains.Length == 0 ? "diverged" : Cells.Signed(gains.Average(), 1) + (gains.Length > 1 ? $" ± {Cells.Number(SeedInterval.Of(gains).HalfWidth, 1)}" : "");
                rows.Add([rule.Name, width.ToString(CultureInfo.InvariantCulture), Cells.Mean(with, 1), Missing(With), Cells.Mean(without, 1), Missing(Without), gain]);
                seeds.Add(gains.Length);
            }
        }

        return
        [
            new TableArtefact(Name, new Table(
                $"{Fault}: {With.Label} against {Without.Label}, test accuracy in %",
                results.Provenance.DataSet,
                ["rule", "units", With.Label, "classes never predicted", Without.Label, "classes never predicted", "gain"],
                rows,
                [Explanation, seeds.Max() > 1 ? $"Mean over {string.Join(" or ", seeds.Where(count => count > 1).Order())} seeds ± half of its 95 % Student interval; the gain is paired by seed." : "One seed, so there is no interval."])),
        ];
    }
}
