using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// The introduction's expansion: what a step of backpropagation on weights and inputs at once does to a neuron's
/// output, over the learning rate.
/// </summary>
public sealed class Expansion : TargetPropagationExperiment
{
    private const string Noted = "notes.expansion.";
    private static readonly (string Term, string Label)[] Terms =
    [
        ("measured", "measured"),
        ("predicted", "predicted by the expansion"),
        ("linear", "linear term"),
        ("quadratic", "quadratic term"),
        ("ideal", "ideal: η·dy"),
    ];

    /// <inheritdoc/>
    public override string Name => "expansion";

    /// <inheritdoc/>
    public override string Summary =>
        "how much an output changes by backpropagation's step on weights and inputs at once, predicted "
        + "and measured, over the learning rate";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from hidden in new int[][] { [], [TargetPropagationProtocol.Units] }
        from seed in plan.First(5)
        select TargetPropagationProtocol.Text(
            plan,
            TargetPropagationProtocol.LeastSquares,
            1,
            new Dictionary<string, string> { ["record"] = "expansion" }
        ) with
        {
            Hidden = hidden,
            Seed = seed,
            Limit = TargetPropagationProtocol.Limit(plan, 3_000),

            // The network as it was drawn.
            LearningRate = 0,
        };

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ArmTables.Measures(Name, records, ArmOf, Noted)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name));
        IEnumerable<Panel> Panels(string arm)
        {
            double[] rates = Rates(data, arm);
            return PanelOf(
                $"inputs: {arm}",
                "learning rate η",
                "change of the output (root mean square)",
                Terms.Select(
                    (term, colour) =>
                        MeanCurve.Of(
                            term.Label,
                            colour,
                            [.. rates.Select(rate => (Math.Log10(rate), data.Measure(arm, Key(term.Term, rate))))],
                            isLogarithmic: true
                        )
                ),
                DecadeTicks.Of(Math.Log10(rates[0]), Math.Log10(rates[^1])),
                isLogarithmic: true
            );
        }

        return
        [
            .. FigureOf(
                Name,
                "What backpropagation's step does to one output",
                results,
                "⟨x + η·dy·w, w + η·dy·x⟩ = y + η·dy·(⟨x,x⟩ + ⟨w,w⟩) + η²dy²⟨w,x⟩, for the output "
                    + "neurons of an untrained network, with and without a hidden layer; mean over "
                    + $"{data.Seeds} seed(s) with its 95 % interval. Measured, predicted and linear term lie on "
                    + "each other.",
                2,
                data.Arms.SelectMany(Panels)
            ),
        ];
    }

    /// <summary>The learning rates looked at, ascending.</summary>
    internal static double[] Rates(ArmRows data, string arm) =>
        [.. data.MeasuresOf(arm, "ideal.").Select(rate => double.Parse(rate, CultureInfo.InvariantCulture)).Order()];

    /// <summary>The measure of a term at a learning rate.</summary>
    internal static string Key(string term, double rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{term}.{rate:0.#####}");

    private static string ArmOf(RunSpec spec) => spec.Hidden.Length == 0 ? "pixels" : $"{spec.Hidden[0]} hidden units";
}
