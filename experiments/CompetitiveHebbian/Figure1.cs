using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Figure 1: 32 units. (a–c) weights after 100 steps, (d–f) after one epoch, (g) Gini over training, (h) the probe's training loss.
/// </summary>
public sealed class Figure1 : Experiment
{
    private const int Width = 32;
    private const int SmoothingWindow = 5;
    private const string WeightsTable = "figure-1-weights";
    private const string GiniTable = "figure-1-gini";
    private const string LossTable = "figure-1-probe-loss";
    private static readonly (string Moment, string Caption)[] Moments = [("step-100", "after 100 steps"), ("end", "after one epoch")];

    // The paper's order of the curves of (h).
    private static readonly string[] CurveOrder = ["random", "hebbnet", "competitive", "softhebb"];

    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override string Name => "figure-1";

    /// <inheritdoc/>
    public override string Summary => "32 units: weights early and late, Gini over training, the probe's training loss";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => PublishedProtocol.Grid(plan, PublishedProtocol.Rules, [Width]);

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable gini = new(GiniTable, ["rule", "layer", "seed", "step", "gini"]), loss = new(LossTable, ["rule", "seed", "step", "loss"]);
        int inputs = records.SelectMany(record => record.Snapshots.Values).Select(snapshot => snapshot.Inputs).FirstOrDefault();
        ResultTable weights = new(WeightsTable, ["rule", "seed", "moment", "neuron", .. Enumerable.Range(0, inputs).Select(WeightColumn)]);
        foreach (RunRecord record in records)
        {
            foreach (string layer in new[] { PublishedProtocol.HiddenLayer, PublishedProtocol.OutputLayer })
            {
                AddCurve(gini, record, MeasureNames.Gini(layer), record.Spec.Rule, layer);
            }

            AddCurve(loss, record, MeasureNames.Probe(PublishedProtocol.Published, MeasureNames.TrainingLoss), record.Spec.Rule);
            foreach ((string moment, WeightSnapshot snapshot) in record.Snapshots.Where(_ => record.Steps > 0))
            {
                for (int neuron = 0; neuron < snapshot.Neurons; neuron++)
                {
                    // Five digits are more than a grey level shows.
                    weights.Add([record.Spec.Rule, record.Spec.Seed, moment, neuron, .. snapshot.Row(neuron).Select(weight => weight.ToString("G5", CultureInfo.InvariantCulture))]);
                }
            }
        }

        return [weights, gini, loss];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable weights = results.Table(WeightsTable), gini = results.Table(GiniTable), loss = results.Table(LossTable);
        List<Panel> panels = [];
        char letter = 'a';
        foreach ((string moment, string caption) in Moments)
        {
            foreach (PaperRule rule in PublishedProtocol.LearningRules)
            {
                panels.Add(new ImagePanel($"({letter++}) {rule.Name}, {caption}", 5, [.. Tiles(weights, rule.Id, moment, results.Provenance).Take(PublishedProtocol.Tiles)]));
            }
        }

        // Panels a–c and d–f stand in rows of three, with g and h to their right.
        panels.Insert(3, new LinePanel(
            "(g) Gini of the neurons' learning", "training step", "Gini coefficient",
            [
                .. PublishedProtocol.LearningRules.Select(rule => MeanCurve(gini, rule, "gini", 1, PublishedProtocol.LoggedLayer(rule))),
                MeanCurve(gini, PublishedProtocol.SoftHebb, "gini", 1, PublishedProtocol.HiddenLayer) with { Label = "SoftHebb, hidden layer", Colour = 5 },
            ]));
        panels.Add(new LinePanel(
            "(h) Probe's training loss, smoothed", "probe step", "loss",
            [.. CurveOrder.Select(id => MeanCurve(loss, PublishedProtocol.Rules.Single(rule => rule.Id == id), "loss", SmoothingWindow))]));
        int seeds = gini.Rows.Select(row => gini.Text(row, "seed")).Distinct().Count();
        string firstSeed = weights.Rows.Count > 0 ? weights.Text(weights.Rows[0], "seed") : "none";
        string note = $"As published: {Width} units, one epoch, batch 32, no layer normalisation. "
            + $"Weights: the first {PublishedProtocol.Tiles} neurons of seed {firstSeed}, each from its smallest (black) to its largest (white) weight. "
            + (seeds > 1 ? $"Curves: mean over {seeds} seeds with the 95 % interval of the mean." : "Curves: one seed.")
            + " (g): SoftHebb's curve is its output layer's, as the paper's code logged it; its hidden layer's is drawn beside it."
            + $" (h): means over 100 steps, then over {SmoothingWindow} neighbours; a curve ends where the first of the seeds' probes stopped.";
        return [new FigureArtefact(Name, new Figure("Figure 1, as published", results.Provenance.DataSet, note, 4, panels))];
    }

    private static void AddCurve(ResultTable table, RunRecord record, string name, params string[] key)
    {
        if (record.Curves.TryGetValue(name, out Series? curve))
        {
            for (int i = 0; i < curve.Steps.Length; i++)
            {
                table.Add([.. key, record.Spec.Seed, curve.Steps[i], curve.Values[i]]);
            }
        }
    }

    private static List<ImageTile> Tiles(ResultTable weights, string rule, string moment, Provenance provenance) =>
    [
        .. from row in weights.Rows
           where weights.Text(row, "rule") == rule && weights.Text(row, "moment") == moment
           select new ImageTile(
               provenance.Shape.Height,
               provenance.Shape.Width,
               [.. Enumerable.Range(0, provenance.Shape.Height * provenance.Shape.Width).Select(i => (float)weights.Number(row, WeightColumn(i))!.Value)]),
    ];

    private static string WeightColumn(int input) => string.Create(CultureInfo.InvariantCulture, $"w{input}");

    /// <summary>The mean over seeds at every step that all of them reached, smoothed by a centred moving mean.</summary>
    private static Curve MeanCurve(ResultTable table, PaperRule rule, string column, int window, string? layer = null)
    {
        string[][] rows = [.. table.Rows.Where(row => table.Text(row, "rule") == rule.Id && (layer is null || table.Text(row, "layer") == layer))];
        int seeds = rows.Select(row => table.Text(row, "seed")).Distinct().Count();
        (double Step, double[] Values)[] points = [.. from row in rows
                                                      group table.Number(row, column)!.Value by table.Number(row, "step")!.Value into step
                                                      where step.Count() == seeds
                                                      orderby step.Key
                                                      select (step.Key, step.ToArray())];
        double[][] bySeed = [.. Enumerable.Range(0, seeds).Select(seed => Smooth([.. points.Select(point => point.Values[seed])], window))];
        SeedInterval[] intervals = [.. points.Select((_, i) => SeedInterval.Of([.. bySeed.Select(curve => curve[i])]))];
        return new Curve(
            rule.Name,
            rule.Colour,
            [.. points.Select(point => point.Step)],
            [.. intervals.Select(interval => interval.Mean)],
            seeds > 1 ? [.. intervals.Select(interval => interval.HalfWidth)] : null);
    }

    private static double[] Smooth(double[] values, int window) => [.. values.Select((_, i) =>
    {
        int from = Math.Max(0, i - (window / 2)), to = Math.Min(values.Length, i + (window / 2) + 1);
        return values[from..to].Average();
    })];
}
