using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Table 2: Gini coefficient of the neurons' mean step norms at the start and the end of training.</summary>
public sealed class Table2 : CompetitiveHebbianExperiment
{
    /// <inheritdoc/>
    public override string Name => "table-2";

    /// <inheritdoc/>
    public override string Summary =>
        "Gini coefficient of the neurons' learning at the start and the end of training: printed, as "
        + "published, corrected";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, PublishedProtocol.Widths),
            .. PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, PublishedProtocol.Widths, Arm.Corrected),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [GiniTable.Assemble(Name, records)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        GiniTable data = new(results.Table(Name));
        string corrected = ProbeTable.ConditionOf(Arm.Corrected, results.DataSetId);
        PrintedComparison comparison = new(results, 2);
        List<IReadOnlyList<string>> published = [],
            right = [];
        int seeds = 0;
        foreach (int width in PublishedProtocol.Widths)
        {
            List<string> row = [width.ToString(CultureInfo.InvariantCulture)],
                rightRow = [width.ToString(CultureInfo.InvariantCulture)];
            foreach (PaperRule rule in PublishedProtocol.LearningRules)
            {
                (double start, double end) = PrintedValues.Gini(comparison.PrintedDataSet, rule, width)!.Value;
                IReadOnlyList<double?> Ours(string moment) =>
                    data.Values(
                        rule.Name,
                        KebabCase.From(Arm.Published),
                        width,
                        PublishedProtocol.LoggedLayer(rule),
                        moment
                    );
                row.Add($"{comparison.Number(start)} → {comparison.Number(end)}");
                row.Add(
                    $"{comparison.Cell($"{rule.Name} at {width}, start", start, Ours("giniStart"))} → "
                        + $"{comparison.Cell($"{rule.Name} at {width}, end", end, Ours("giniEnd"))}"
                );
                rightRow.Add(
                    string.Join(
                        " → ",
                        new[] { "giniStart", "giniEnd" }.Select(moment =>
                            Cells.Mean(
                                data.Values(rule.Name, corrected, width, PublishedProtocol.HiddenLayer, moment),
                                2
                            )
                        )
                    )
                );
                seeds = Math.Max(seeds, Ours("giniEnd").Count);
            }

            published.Add(row);
            right.Add(rightRow);
        }

        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "Table 2, as published: Gini coefficient of the neurons' mean step norms, after 100 "
                        + "steps → at the end",
                    results.Provenance.DataSet,
                    [
                        "units",
                        .. PublishedProtocol.LearningRules.SelectMany(rule =>
                            new[] { $"{rule.Name} printed", $"{rule.Name} ours" }
                        ),
                    ],
                    published,
                    [
                        .. comparison.Notes(),
                        "SoftHebb's values, printed and ours, are the output layer's, which the paper's "
                            + "code logged over the hidden layer's.",
                    ]
                )
            ),
            new TableArtefact(
                Name + "-corrected",
                new Table(
                    "Table 2, corrected: Gini coefficient of the hidden neurons' mean step norms, after "
                        + "100 steps → at the end",
                    results.Provenance.DataSet,
                    ["units", .. PublishedProtocol.LearningRules.Select(rule => rule.Name)],
                    right,
                    [
                        PrintedComparison.SeedNote(seeds),
                        "Every rule's own hidden layer; inputs normalised with the data set's own constants.",
                    ]
                )
            ),
        ];
    }
}
