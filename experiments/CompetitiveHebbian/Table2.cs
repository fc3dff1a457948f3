using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Table 2: Gini coefficient of the neurons' mean step norms at the start and the end of training.</summary>
public sealed class Table2 : Experiment
{
    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override string Name => "table-2";

    /// <inheritdoc/>
    public override string Summary => "Gini coefficient of the neurons' learning at the start and the end of training, printed and measured";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, PublishedProtocol.Widths);

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable table = new(Name, ["rule", "width", "seed", "runId", "layer", "giniStart", "giniEnd", "divergence"]);
        foreach (RunRecord record in records)
        {
            foreach (string layer in new[] { PublishedProtocol.HiddenLayer, PublishedProtocol.OutputLayer })
            {
                // A diverged run keeps its rows, so that the table can say how many there should have been.
                if (layer == PublishedProtocol.HiddenLayer || record.Spec.Rule == PublishedProtocol.SoftHebb.Id)
                {
                    table.Add(
                        record.Spec.Rule, record.Spec.Hidden[0], record.Spec.Seed, record.RunId, layer,
                        record.Measure(MeasureNames.Gini(layer, "start")), record.Measure(MeasureNames.Gini(layer, "end")), record.Divergence);
                }
            }
        }

        return [table];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable data = results.Table(Name);
        PrintedComparison comparison = new(results, 2);
        List<IReadOnlyList<string>> rows = [];
        for (int w = 0; w < PublishedProtocol.Widths.Length; w++)
        {
            string width = PublishedProtocol.Widths[w].ToString(CultureInfo.InvariantCulture);
            List<string> row = [width];
            foreach (PaperRule rule in PublishedProtocol.LearningRules)
            {
                string layer = PublishedProtocol.LoggedLayer(rule);
                (double start, double end) = PrintedValues.Gini(PrintedValues.Mnist, rule, PublishedProtocol.Widths[w])!.Value;
                row.Add($"{comparison.Number(start)} → {comparison.Number(end)}");
                row.Add($"{comparison.Cell($"{rule.Name} at {width}, start", start, Values(data, rule, layer, width, "giniStart"))} → "
                    + comparison.Cell($"{rule.Name} at {width}, end", end, Values(data, rule, layer, width, "giniEnd")));
            }

            row.Add(string.Join(" → ", new[] { "giniStart", "giniEnd" }.Select(column => Mean(comparison, Values(data, PublishedProtocol.SoftHebb, PublishedProtocol.HiddenLayer, width, column)))));
            rows.Add(row);
        }

        return
        [
            new TableArtefact(Name, new Table(
                "Table 2, as published: Gini coefficient of the neurons' mean step norms, after 100 steps → at the end",
                results.Provenance.DataSet,
                ["units", .. PublishedProtocol.LearningRules.SelectMany(rule => new[] { $"{rule.Name} printed", $"{rule.Name} ours" }), "SoftHebb ours, hidden layer"],
                rows,
                [
                    .. comparison.Notes(),
                    "SoftHebb's printed values and ours beside them are the output layer's, which the paper's code logged over the hidden layer's; the last column is the hidden layer's.",
                ])),
        ];
    }

    private static string Mean(PrintedComparison comparison, IEnumerable<double?> values) =>
        values.OfType<double>().ToArray() is { Length: > 0 } finished ? comparison.Number(finished.Average()) : "diverged";

    private static double?[] Values(ResultTable data, PaperRule rule, string layer, string width, string column) =>
        [.. from line in data.Rows
            where data.Text(line, "rule") == rule.Id && data.Text(line, "layer") == layer && data.Text(line, "width") == width
            select data.Number(line, column)];
}
