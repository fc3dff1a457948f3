using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Neurons' weights as a table of results, and as pictures. A row is a neuron: its smallest and largest weight, and 256
/// levels between them.
/// </summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
/// <param name="shape">Of an input seen as an image.</param>
internal sealed class WeightPictures(ResultTable data, ImageShape shape)
{
    /// <summary>
    /// The weights that the records of the first seed keep; levels are bytes in Base64, in the order of the inputs.
    /// </summary>
    /// <param name="moments">Which snapshots.</param>
    public static ResultTable Assemble(string name, IReadOnlyList<RunRecord> records, params string[] moments)
    {
        ResultTable table = new(
            name,
            ["rule", "condition", "width", "seed", "moment", "neuron", "minimum", "maximum", "levels"]
        );
        foreach (RunRecord record in records.DistinctBy(record => record.RunId).Where(record => record.Steps > 0))
        {
            foreach (
                (string moment, WeightSnapshot snapshot) in record.Snapshots.Where(snapshot =>
                    moments.Contains(snapshot.Key)
                )
            )
            {
                for (int neuron = 0; neuron < snapshot.Neurons; neuron++)
                {
                    float[] row = snapshot.Row(neuron);
                    float low = row.Min(),
                        high = row.Max(),
                        range = high > low ? high - low : 1;
                    table.Add(
                        ProbeTable.RuleName(record),
                        ProbeTable.ArmOf(record),
                        record.Spec.Hidden[0],
                        record.Spec.Seed,
                        moment,
                        neuron,
                        low,
                        high,
                        Convert.ToBase64String([.. row.Select(weight => (byte)(((weight - low) / range * 255) + 0.5f))])
                    );
                }
            }
        }

        return table;
    }

    /// <summary>The seed whose weights are shown; null if there are none.</summary>
    public string? Seed => data.Rows.Count > 0 ? data.Text(data.Rows[0], "seed") : null;

    /// <summary>The first neurons' pictures.</summary>
    /// <param name="isPrintedLayout">
    /// Whether a colour picture is read as the paper's code did: values that lie channel by channel are taken as if the
    /// channels of a pixel lay together.
    /// </param>
    public IReadOnlyList<ImageTile> Tiles(
        string rule,
        string condition,
        int width,
        string moment,
        int count,
        bool isPrintedLayout
    ) => [.. Levels(rule, condition, width, moment).Take(count).Select(levels => Tile(levels, isPrintedLayout))];

    /// <summary>Each neuron's weights in 256 levels, in the order of the inputs.</summary>
    public IEnumerable<float[]> Levels(string rule, string condition, int width, string moment)
    {
        string units = width.ToString(CultureInfo.InvariantCulture);
        return from row in data.Rows
            where
                data.Text(row, "rule") == rule
                && data.Text(row, "condition") == condition
                && data.Text(row, "width") == units
                && data.Text(row, "moment") == moment
            select Convert.FromBase64String(data.Text(row, "levels")).Select(level => (float)level).ToArray();
    }

    /// <summary>
    /// A neuron's weights as the pixels of its picture: row by row, the channels of a pixel together.
    /// </summary>
    public static float[] Pixels(float[] weights, ImageShape shape, bool isPrintedLayout)
    {
        if (isPrintedLayout || shape.Channels == 1)
        {
            return weights;
        }

        int plane = shape.Height * shape.Width;
        return
        [
            .. Enumerable
                .Range(0, weights.Length)
                .Select(i => weights[(i % shape.Channels * plane) + (i / shape.Channels)]),
        ];
    }

    private ImageTile Tile(float[] levels, bool isPrintedLayout) =>
        new(shape.Height, shape.Width, Pixels(levels, shape, isPrintedLayout), shape.Channels);
}
