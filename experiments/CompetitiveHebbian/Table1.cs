using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Table 1: accuracy of the published linear probe by rule and width.</summary>
public sealed class Table1 : Experiment
{
    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override string Name => "table-1";

    /// <inheritdoc/>
    public override string Summary => "linear-probe accuracy of every rule at every width, printed and measured";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths);

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable table = new(Name, ["rule", "width", "seed", "runId", "testAccuracy", "classesNeverPredicted", "epochs", "divergence"]);
        foreach (RunRecord record in records)
        {
            double? Probe(string measure) => record.Measure(MeasureNames.Probe(PublishedProtocol.Published, measure));
            table.Add(
                record.Spec.Rule, record.Spec.Hidden[0], record.Spec.Seed, record.RunId,
                Probe("testAccuracy"), Probe("classesNeverPredicted"), Probe("epochs"), record.Divergence);
        }

        return [table];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable data = results.Table(Name);
        PrintedComparison comparison = new(results, 1);
        List<IReadOnlyList<string>> rows = [];
        foreach (PaperRule rule in PublishedProtocol.Rules)
        {
            List<string> row = [rule.Name];
            for (int w = 0; w < PublishedProtocol.Widths.Length; w++)
            {
                string width = PublishedProtocol.Widths[w].ToString(CultureInfo.InvariantCulture);
                double printed = PrintedValues.Accuracy(PrintedValues.Mnist, rule, PublishedProtocol.Widths[w])!.Value;
                double?[] ours = [.. from line in data.Rows
                                     where data.Text(line, "rule") == rule.Id && data.Text(line, "width") == width
                                     select 100 * data.Number(line, "testAccuracy")];
                row.Add(comparison.Number(printed));
                row.Add(comparison.Cell($"{rule.Name} at {width}", printed, ours));
            }

            rows.Add(row);
        }

        int failed = data.Rows.Count(line => data.Number(line, "classesNeverPredicted") > 0);
        return
        [
            new TableArtefact(Name, new Table(
                "Table 1, as published: linear-probe test accuracy in %",
                results.Provenance.DataSet,
                ["rule", .. PublishedProtocol.Widths.SelectMany(width => new[] { $"{width} printed", $"{width} ours" })],
                rows,
                [
                    .. comparison.Notes(),
                    $"In {failed} of {data.Rows.Count} runs the probe never predicts at least one class: its softmax inside the softmax saturates.",
                ])),
        ];
    }
}
