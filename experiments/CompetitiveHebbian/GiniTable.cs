using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>How unequally neurons learn, as a table of results: one row a run and layer that learned.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class GiniTable(ResultTable data)
{
    /// <summary>A diverged run keeps its rows, so that a table can say how many there should have been.</summary>
    public static ResultTable Assemble(string name, IReadOnlyList<RunRecord> records)
    {
        ResultTable table = new(
            name,
            [
                "rule",
                "condition",
                "width",
                "seed",
                "runId",
                "layer",
                "giniStart",
                "giniEnd",
                "moving",
                "repeated",
                "ever",
                "divergence",
            ]
        );
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            string[] layers =
                record.Spec.Rule == PublishedProtocol.SoftHebb.Id
                    ? [PublishedProtocol.HiddenLayer, PublishedProtocol.OutputLayer]
                    : [PublishedProtocol.HiddenLayer];
            foreach (string layer in layers)
            {
                double? Steps(string kind) => record.Measure(MeasureNames.Steps(layer, kind));
                table.Add(
                    ProbeTable.RuleName(record),
                    ProbeTable.ArmOf(record),
                    record.Spec.Hidden[0],
                    record.Spec.Seed,
                    record.RunId,
                    layer,
                    record.Measure(MeasureNames.Gini(layer, "start")),
                    record.Measure(MeasureNames.Gini(layer, "end")),
                    Steps("moving"),
                    Steps("repeated"),
                    Steps("ever"),
                    record.Divergence
                );
            }
        }

        return table;
    }

    /// <summary>A column's values, one a seed.</summary>
    public IReadOnlyList<double?> Values(string rule, string condition, int width, string layer, string column) =>
        [.. Rows(rule, condition, width, layer).Select(row => data.Number(row, column))];

    /// <summary>End less start of each seed that came to its end.</summary>
    public IReadOnlyDictionary<long, double> Changes(string rule, string condition, int width, string layer) =>
        Rows(rule, condition, width, layer)
            .Where(row => data.Number(row, "giniEnd") is not null)
            .ToDictionary(
                row => (long)data.Number(row, "seed")!.Value,
                row => data.Number(row, "giniEnd")!.Value - data.Number(row, "giniStart")!.Value
            );

    private IEnumerable<string[]> Rows(string rule, string condition, int width, string layer)
    {
        string units = width.ToString(CultureInfo.InvariantCulture);
        return data.Rows.Where(row =>
            data.Text(row, "rule") == rule
            && data.Text(row, "condition") == condition
            && data.Text(row, "width") == units
            && data.Text(row, "layer") == layer
        );
    }
}
