using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>Whether the variance of the factors marks the directions that help, and whether a gate by it does.</summary>
public sealed class Agreement : TargetPropagationExperiment
{
    /// <summary>The table of rank correlations.</summary>
    public const string RankName = "agreement-rank";

    private const string GainName = "agreement-gain";
    private const string GateName = "agreement-gate";
    private const string SearchName = "agreement-search";
    private const int Fifths = 5;
    private static readonly (string Indicator, string Label)[] Indicators = [("variance", "variance of the factors, as in the text"), ("disagreement", "v/(f*² + v), as the gate uses it")];

    /// <inheritdoc/>
    public override string Name => "agreement";

    /// <inheritdoc/>
    public override string Summary => "the variance of the factors against the error that a direction takes away on other samples, and the effect of the gate";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) => Gated(plan).SelectMany(arm => TargetPropagationProtocol.Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
    [
        .. FactorRuns.Of(plan),
        .. from arm in Gated(plan)
           let rate = TargetPropagationProtocol.Rates(plan).Best(arm, plan)
           from seed in TargetPropagationProtocol.Seeds(plan, 5)
           select arm with { LearningRate = rate, Seed = seed, Limit = TargetPropagationProtocol.Limit(plan, 60_000) },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] recorded = [.. records.Where(IsRecorded)], gated = [.. records.Where(record => !IsRecorded(record))];
        int searched = gated.Min(record => record.Spec.Limit);
        ResultTable Gates(string name, bool isSearch) =>
            ArmTables.Runs(name, gated.Where(record => (record.Spec.Limit == searched) == isSearch), GateArmOf, ("validationAccuracy", MeasureNames.ValidationAccuracy), ("testAccuracy", MeasureNames.TestAccuracy));
        return
        [
            ArmTables.Measures(RankName, recorded, FactorRuns.ArmOf, "notes.rank."), ArmTables.Measures(GainName, recorded, FactorRuns.ArmOf, "notes.gain."), Gates(GateName, isSearch: false), Gates(SearchName, isSearch: true),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows ranks = new(results.Table(RankName)), gains = new(results.Table(GainName)), gates = new(results.Table(GateName));
        Panel Panel(string arm, string layer) => new LinePanel(
            $"{(layer == "output" ? "output layer" : "hidden layer")}, {arm}", "fifth of the directions, by the indicator", "squared error taken away, in %",
            [
                .. Indicators.Select((indicator, colour) => MeanCurve.Of(
                    indicator.Label, colour, [.. Enumerable.Range(1, Fifths).Select(fifth => ((double)fifth, gains.Measure(arm, $"{indicator.Indicator}.{layer}.{fifth}").Select(share => 100 * share).ToArray()))])),
            ],
            [.. Enumerable.Range(1, Fifths).Select(fifth => ((double)fifth, fifth switch { 1 => "lowest", Fifths => "highest", _ => fifth.ToString(CultureInfo.InvariantCulture) }))]);
        return
        [
            new FigureArtefact(Name, new Figure(
                "Does low variance mark directions that help?", results.Provenance.DataSet,
                $"Share of a neuron's squared error on one half of a batch that an exact line search on the other half takes away, along single random directions; negative where the line search fits noise. Mean over steps, then over {gains.Seeds} seed(s) with its 95 % interval.", 2,
                [.. from arm in gains.Arms from layer in FactorRuns.Layers select Panel(arm, layer)])),
            new TableArtefact("agreement-rank", new Table(
                "Rank correlation of an indicator with the error that a direction takes away", results.Provenance.DataSet, ["indicator", .. ranks.Arms.SelectMany(arm => FactorRuns.Layers.Select(layer => $"{layer}, {arm}"))],
                [
                    .. Indicators.Select(indicator => (IReadOnlyList<string>)
                        [indicator.Label, .. ranks.Arms.SelectMany(arm => FactorRuns.Layers.Select(layer => Cells.Mean([.. ranks.Measure(arm, $"{indicator.Indicator}.{layer}").Select(value => (double?)value)], 3)))]),
                ],
                ["Negative where low values mark directions that help, as the text has it. Spearman's, over neurons and directions of a step; mean over steps, then over seeds with its 95 % interval."])),
            new TableArtefact("agreement-gate", new Table(
                "The gate", results.Provenance.DataSet, ["set-up", "learning rate", "test accuracy in % after one pass"],
                [.. gates.Arms.Select(arm => (IReadOnlyList<string>)[arm, gates.Text(arm, "learningRate"), Cells.Mean([.. gates.Values(arm, "testAccuracy").Select(value => 100 * value)], 1)])],
                ["Each at the learning rate found for it on validation samples."])),
        ];
    }

    private static IEnumerable<RunSpec> Gated(ExperimentPlan plan) =>
        from gate in new[] { "none", "variance" }
        from spec in new[]
        {
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 1, Gate(gate)), TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 32, Gate(gate)),
            TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule, Gate(gate)),
        }
        select spec with { Limit = TargetPropagationProtocol.Limit(plan, 12_000) };

    private static Dictionary<string, string> Gate(string gate) => new() { ["gate"] = gate };

    private static bool IsRecorded(RunRecord record) => record.Spec.RuleOptions["record"] != "none";

    private static string GateArmOf(RunSpec spec) =>
        $"{(spec.Optimizer == OptimizerKindOfText ? "as the text has it" : "as found")}, {spec.RuleOptions["directions"]} direction(s), {(spec.RuleOptions["gate"] == "none" ? "no gate" : "gate")}";

    private const Network.OptimizerKind OptimizerKindOfText = Network.OptimizerKind.Sgd;
}
