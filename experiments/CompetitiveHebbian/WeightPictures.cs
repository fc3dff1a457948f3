using System.Globalization;
using Reproduction.Data;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Neurons' weights as a table of results, one row per neuron, and as pictures.</summary>
/// <param name="shape">The shape of an input seen as an image.</param>
internal sealed class WeightPictures(IReadOnlyList<WeightRow> rows, ImageShape shape)
{
    private const string End = "end";

    /// <summary>The seed whose weights are shown; null if there are none.</summary>
    public string? Seed => rows.Count > 0 ? rows[0].Seed.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Makes the table of the weights that the runs of the first seed keep.</summary>
    /// <param name="moments">The snapshots that are taken; all of them if none is named.</param>
    public static ResultTable<WeightRow> Assemble(
        string name,
        IEnumerable<MeasuredRun<PaperArm>> runs,
        params string[] moments
    )
    {
        IEnumerable<WeightRow> rows =
            from run in runs
            where run.Record.Steps > 0
            from snapshot in run.Record.Snapshots
            where moments.Length == 0 || moments.Contains(snapshot.Key)
            orderby StepOf(snapshot.Key)
            from neuron in Enumerable.Range(0, snapshot.Value.Neurons)
            select Row(run, snapshot.Key, snapshot.Value, neuron);
        return new ResultTable<WeightRow>(name, [.. rows]);
    }

    /// <summary>The moments at which there are weights, in the order of training.</summary>
    private IReadOnlyList<string> Moments => [.. rows.Select(row => row.Moment).Distinct().OrderBy(StepOf)];

    /// <summary>A moment in words.</summary>
    private static string InWords(string moment) =>
        moment == End ? "after one epoch" : $"after {moment.Split('-')[^1]} step{(moment == "step-1" ? "" : "s")}";

    /// <summary>A frame for each moment; nothing if there is one moment alone.</summary>
    /// <param name="panelsAt">The panels of a moment.</param>
    public IReadOnlyList<Animation> Animate(
        string name,
        string title,
        string dataSet,
        int neurons,
        Func<string, IReadOnlyList<ImagePanel>> panelsAt
    )
    {
        Figure Frame(string moment)
        {
            IReadOnlyList<ImagePanel> panels = panelsAt(moment);
            return new Figure(
                $"{title}, corrected: weights {InWords(moment)}",
                dataSet,
                $"The first {neurons} neurons of seed {Seed}.",
                Math.Max(1, panels.Count),
                panels
            );
        }

        return Moments.Count > 1 ? [new Animation(name, [.. Moments.Select(Frame)])] : [];
    }

    /// <summary>The first neurons' pictures.</summary>
    /// <param name="isPrintedLayout">Whether a colour picture is read as the paper's code did: values that lie channel
    /// by channel are taken as if the channels of a pixel lay together.
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
    public IEnumerable<float[]> Levels(string rule, string condition, int width, string moment) =>
        from row in rows
        where row.Rule == rule && row.Condition == condition && row.Width == width && row.Moment == moment
        select Convert.FromBase64String(row.Levels).Select(level => (float)level).ToArray();

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
        int[] order = [.. weights.Select((_, i) => (i % shape.Channels * plane) + (i / shape.Channels))];
        return [.. order.Select(i => weights[i])];
    }

    private static int StepOf(string moment) =>
        moment == End ? int.MaxValue : int.Parse(moment.Split('-')[^1], CultureInfo.InvariantCulture);

    private ImageTile Tile(float[] levels, bool isPrintedLayout) =>
        new(shape.Height, shape.Width, Pixels(levels, shape, isPrintedLayout), shape.Channels);

    private static WeightRow Row(MeasuredRun<PaperArm> run, string moment, WeightSnapshot snapshot, int neuron)
    {
        float[] weights = snapshot.Row(neuron);
        float low = weights.Min(),
            high = weights.Max(),
            range = high > low ? high - low : 1;
        byte[] levels = [.. weights.Select(weight => (byte)(((weight - low) / range * 255) + 0.5f))];
        return new WeightRow(
            run.Arm.Rule.Name,
            run.Arm.Condition,
            run.Arm.Width,
            run.Seed,
            moment,
            neuron,
            low,
            high,
            Convert.ToBase64String(levels)
        );
    }
}
