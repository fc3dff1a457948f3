using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F6: the own rule's anti-Hebbian term, which the code always sets to zero, switched on.</summary>
public sealed class AntiHebbianTerm : CompetitiveHebbianExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-6-anti-hebbian-term";

    /// <inheritdoc/>
    public override string Summary => "F6: the own rule with the anti-Hebbian term off (as coded), as printed, and on";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(
                plan,
                [PublishedProtocol.OwnRule],
                PublishedProtocol.Widths,
                Arm.Corrected,
                PublishedProtocol.FaultSeeds
            ),
            .. FaultRuns.OtherMasks(plan),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ProbeTable.Assemble(Name, records, record => record.Spec.RuleOptions["mask"])];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table(Name));
        List<IReadOnlyList<string>> rows = [];
        int seeds = 0;
        foreach (string probe in new[] { PublishedProtocol.Published, PublishedProtocol.Ridge })
        {
            foreach (int width in data.Widths)
            {
                IReadOnlyList<double?>[] values =
                [
                    .. FaultRuns.Masks.Select(mask =>
                        data.Accuracies(PublishedProtocol.OwnRule.Name, mask, width, probe)
                    ),
                ];
                rows.Add([
                    probe,
                    width.ToString(CultureInfo.InvariantCulture),
                    .. values.Select(list => Cells.Mean(list, 1)),
                    .. FaultRuns.Masks.Select(mask =>
                        Cells.Mean(
                            [
                                .. data.Values(PublishedProtocol.OwnRule.Name, mask, width, probe, "live")
                                    .Select(live => 100 * live),
                            ],
                            0
                        )
                    ),
                ]);
                seeds = Math.Max(seeds, values[0].Count);
            }
        }

        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "F6: the own rule's mask, test accuracy in % and live neurons in %",
                    results.Provenance.DataSet,
                    ["probe", "units", .. FaultRuns.Masks, .. FaultRuns.Masks.Select(mask => $"live, {mask}")],
                    rows,
                    [
                        "As coded, non-winners are negated and then everything at or below 1/n is set to "
                            + "zero, so the negated ones vanish: there is no inhibition. As printed: 0 for the "
                            + "others above 1/n, −a for the rest. anti-hebbian: 0 at or below 1/n, −a for the "
                            + "others above.",
                        "Inputs are normalised with the data set's own constants. " + PrintedComparison.SeedNote(seeds),
                    ]
                )
            ),
        ];
    }
}
