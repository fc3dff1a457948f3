using System.Globalization;
using Reproduction.Experiments.TargetPropagation.Instruments;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// The introduction's expansion: what a step of backpropagation on weights and inputs at once does to a neuron's
/// output, over the learning rate.
/// </summary>
internal sealed class Expansion : TargetPropagationExperiment
{
    private const string Measured = "notes.expansion.";

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
    public override string Question =>
        "How much does backpropagation's step on weights and inputs at once change an output?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) =>
        from hidden in new int[][] { [], [TargetPropagationProtocol.Units] }
        let arm = hidden.Length == 0 ? "pixels" : $"{hidden[0]} hidden units"
        from seed in plan.Seeds
        select new PlannedRun<string>(arm, RunRole.Final, Spec(plan, hidden, seed));

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmMeasures data = new(results.Table<MeasureRow>(Name));
        string caption =
            "‹x + η·dy·w, w + η·dy·x› = y + η·dy·(‹x,x› + ‹w,w›) + η²dy²‹w,x›, for the output "
            + "neurons of an untrained network, with and without a hidden layer; "
            + $"mean over {Cells.Seeds(data.Seeds)} with its 95 % interval. "
            + "Measured, predicted and linear term lie on each other.";
        return
        [
            .. FigureOf(
                Name,
                () => TitleOf(data),
                results,
                caption,
                2,
                data.Arms.SelectMany(arm => PanelOf(data, arm))
            ),
        ];
    }

    /// <summary>The learning rates of an arm, ascending.</summary>
    internal static double[] Rates(ArmMeasures data, string arm) =>
        [.. data.Names(arm, "ideal.").Select(rate => double.Parse(rate, CultureInfo.InvariantCulture)).Order()];

    /// <summary>The measure of a term at a learning rate.</summary>
    internal static string Key(string term, double rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{term}.{rate:0.#####}");

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs)
    {
        IEnumerable<MeasureRow> rows = runs.SelectMany(run => MeasureRow.Of(run.Arm, run.Record, Measured));
        return [new ResultTable<MeasureRow>(Name, [.. rows])];
    }

    /// <summary>The network as it was drawn: its steps are measured and not taken.</summary>
    private static RunSpec Spec(ExperimentPlan plan, int[] hidden, long seed) =>
        TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 1) with
        {
            Instruments = [ExpansionInstrument.Id],
            Frozen = true,
            Hidden = hidden,
            Seed = seed,
            Limit = TargetPropagationProtocol.Limit(plan, 3_000),
        };

    /// <summary>How far the two terms are from what the step asks for, at the largest rate.</summary>
    private static string TitleOf(ArmMeasures data)
    {
        string arm = data.Arms[0];
        double largest = Rates(data, arm)[^1];
        string Times(string term) =>
            Cells.Number(
                data.Values(arm, Key(term, largest)).Average() / data.Values(arm, Key("ideal", largest)).Average(),
                1
            );
        return $"At η = {RunJson.Number(largest)} the change of an output ({arm}) is {Times(Terms[0].Term)} times "
            + "the one "
            + "that is asked for";
    }

    private static IEnumerable<Panel> PanelOf(ArmMeasures data, string arm)
    {
        double[] rates = Rates(data, arm);
        (double At, double[] Values)[] Points(string term) =>
            [.. rates.Select(rate => (Math.Log10(rate), data.Values(arm, Key(term, rate))))];
        return PanelOf(
            $"inputs: {arm}",
            "learning rate η",
            "change of the output (root mean square)",
            Terms.Select(
                (term, i) => MeanCurve.Of(term.Label, SeriesStyles.At(i), Points(term.Term), isLogarithmic: true)
            ),
            DecadeTicks.Of(Math.Log10(rates[0]), Math.Log10(rates[^1])),
            isLogarithmic: true
        );
    }
}
