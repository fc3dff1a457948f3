using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>How coherent networks stay, without and with normalisation.</summary>
public sealed class Coherence : KickbackExperiment
{
    private static readonly Initialization[] Coherent = [Initialization.SignMatched, Initialization.SignMatchedScaled];

    /// <summary>What is looked at, and in which words.</summary>
    private static readonly (string Kind, string Title)[] Kinds =
    [
        ("unit", "τ > 0, exact"), ("unitWeights", "τ > 0, by weights"), ("edge", "coherent edges"), ("sign", "sign of backprop's"),
    ];

    /// <inheritdoc/>
    public override string Name => "coherence";

    /// <inheritdoc/>
    public override string Summary => "share of coherent units and edges over training, under no, layer and batch normalisation";

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        // Layer by layer the table would be large; what is asked of it is a network's mean.
        ResultTable table = new(Name, [.. KickbackArm.Columns, "learningRate", "seed", "curve", "step", "value"]);
        foreach (RunRecord record in records.Where(KickbackProtocol.IsTuned).DistinctBy(record => record.RunId))
        {
            foreach ((string kind, _) in Kinds)
            {
                Series[] layers = [.. Enumerable.Range(0, record.Spec.Hidden.Length).Select(l => record.Curves.GetValueOrDefault(MeasureNames.Coherence(MeasureNames.Layer(l, record.Spec.Hidden.Length + 1), kind))).OfType<Series>()];
                foreach (int step in layers.SelectMany(series => series.Steps).Distinct().Order())
                {
                    double[] values = [.. layers.Where(series => series.Steps.Contains(step)).Select(series => series.Values[Array.IndexOf(series.Steps, step)])];
                    table.Add([.. KickbackArm.Of(record.Spec).Cells, record.Spec.LearningRate, record.Spec.Seed, kind, step, values.Average()]);
                }
            }
        }

        return [table];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurves curves = new(results.Table(Name));
        Panel[] panels =
        [
            .. from initialization in Coherent
               from kind in Kinds
               let drawn = All().Where(arm => arm.Initialization == initialization).Select((arm, colour) => curves.Mean(arm, kind.Kind, KebabCase.From(arm.Normalization), colour, isLogarithmic: false)).OfType<Curve>().ToArray()
               where drawn.Length > 0
               select new LinePanel($"{kind.Title} ({KickbackArm.Signs(initialization)})", "step", kind.Kind == "edge" ? "share of edges" : "share of units", drawn),
        ];
        return
        [
            new FigureArtefact(Name, new Figure(
                "Does normalising activations keep coherence?", results.Provenance.DataSet,
                string.Create(CultureInfo.InvariantCulture, $"Kickback under AdamW, {KickbackProtocol.Deepest} hidden layers, mean over them; mean over {curves.Seeds} seed(s) with its 95 % interval. τ: derivative of the next layer's summed output by a unit's. Exact: through the normalisation's mean and deviation too, whose shift lets a sample's (layer) or a unit's (batch) influences add up to 0. By weights: with them taken for constants. {KickbackArm.SignsExplained}"),
                Kinds.Length, panels)),
        ];
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) => All().Where(arm => plan.DataSet == RobotArm.Id || arm.Normalization == Normalization.None);

    private static IEnumerable<KickbackArm> All() =>
        from initialization in Coherent from normalization in KickbackProtocol.Normalizations select KickbackArm.Kickback(initialization, OptimizerKind.Adamw, normalization, KickbackProtocol.Deepest);
}
