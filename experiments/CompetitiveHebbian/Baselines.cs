using Reproduction.Evaluation.Training;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Beside random projections: raw pixels, principal components, shuffled weights, and neurons drawn anew.
/// </summary>
internal sealed class Baselines : CompetitiveHebbianExperiment
{
    private const string Trained = WeightControl.None;

    private static readonly string[] Probes =
    [
        PublishedProtocol.Ridge,
        PublishedProtocol.Softmax,
        PublishedProtocol.Published,
    ];

    /// <inheritdoc/>
    public override string Name => "baselines";

    /// <inheritdoc/>
    public override string Question =>
        "What are raw pixels, principal components and shuffled or re-drawn neurons worth under each probe?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [
            .. BaselineRuns.Trained(plan, Trained),
            .. BaselineRuns.Shuffled(plan),
            .. BaselineRuns.Reinitialized(plan),
            .. BaselineRuns.Components(plan),
            BaselineRuns.RawPixels(plan),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table<ProbeRow>(Name));
        string dataSet = results.Provenance.DataSet;
        return [.. Probes.Select(probe => TableOf(data, probe, dataSet)), .. FigureOf(data, dataSet)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [ProbeTable.Assemble(Name, runs)];

    private TableArtefact TableOf(ProbeTable data, string probe, string dataSet)
    {
        string Cell(string rule, string condition, int width) =>
            Cells.Mean(data.Accuracies(rule, condition, width, probe), 2);
        string[] Row(string name, string rule, string condition) =>
            [name, .. PublishedProtocol.Widths.Select(width => Cell(rule, condition, width))];

        string raw = Cell(PublishedProtocol.Random.Name, Trained, 0);
        List<IReadOnlyList<string>> rows =
        [
            (string[])["raw pixels", .. PublishedProtocol.Widths.Select((_, i) => i == 0 ? raw : "")],
            Row("principal components", BaselineRuns.PrincipalComponents.Name, Trained),
        ];
        foreach (PaperRule rule in PublishedProtocol.Rules)
        {
            rows.Add(Row(rule.Name, rule.Name, Trained));
            if (rule != PublishedProtocol.Random)
            {
                rows.Add(Row($"{rule.Name}, shuffled", rule.Name, WeightControl.Shuffled));
            }
        }

        int seeds = Seeds(data, Trained, probe),
            shuffled = Seeds(data, WeightControl.Shuffled, probe);
        string[] notes =
        [
            $"Mean over seeds ± half of the 95 % Student interval: {Cells.Seeds(seeds)} for the rules, {shuffled} "
                + "for their shuffled weights (each neuron's learned weights permuted over its inputs; fewer "
                + "at 2048 units on colour images).",
            "Raw pixels (in the first column, whatever the width) and principal components: one run each.",
            Cells.Edges(data.Rows.Where(row => row.Probe == probe).Select(row => row.PenaltyAtEdge)),
        ];
        return new TableArtefact(
            $"{Name}-{probe}",
            new Table(
                $"Baselines under the {probe} probe: test accuracy in %",
                dataSet,
                ["features", .. PublishedProtocol.Widths.Select(Text)],
                rows,
                notes
            )
        );
    }

    private IEnumerable<Artefact> FigureOf(ProbeTable data, string dataSet)
    {
        // A column per width, a row per probe; widths at which nothing was drawn anew are left out.
        int[] widths =
        [
            .. PublishedProtocol.Widths.Where(width => Probes.Any(probe => Curves(data, probe, width).Any())),
        ];
        if (widths.Length == 0)
        {
            return [];
        }

        LinePanel[] panels = [.. from probe in Probes from width in widths select PanelOf(data, probe, width)];
        LinePanel[] drawn = [.. panels.Where(panel => panel.Curves.Count > 0)];
        Figure figure = new(
            TitleOf(data, widths),
            dataSet,
            "At 0 % of the neurons drawn anew after training it is the trained network, at 100 % random projections. "
                + "The "
                + "first seed; ranges differ from panel to panel.",
            drawn.Length == panels.Length ? widths.Length : Math.Min(4, drawn.Length),
            drawn,
            HasEqualRanges: false
        );
        return [new FigureArtefact(Name, figure)];
    }

    private static LinePanel PanelOf(ProbeTable data, string probe, int width)
    {
        Curve[] curves = [.. Curves(data, probe, width)];
        return new LinePanel($"{probe} probe, {width} units", "neurons drawn anew in %", "test accuracy in %", curves);
    }

    /// <summary>What it costs to draw all of the competitive rule's neurons anew, by width.</summary>
    private static string TitleOf(ProbeTable data, IEnumerable<int> widths)
    {
        IEnumerable<string> costs =
            from width in widths
            from curve in Curves(data, Probes[0], width)
            where curve.Label == PublishedProtocol.Competitive.Name
            select $"{Cells.Signed(curve.Y[^1] - curve.Y[0], 1)} points at {Text(width)} units";
        return $"Drawing all of Competitive's neurons anew ({Probes[0]} probe): {string.Join(", ", costs)}";
    }

    private static IEnumerable<Curve> Curves(ProbeTable data, string probe, int width)
    {
        foreach (PaperRule rule in PublishedProtocol.LearningRules)
        {
            IEnumerable<(double At, double Value)> points =
                from fraction in BaselineRuns.Fractions
                let condition = fraction == 0 ? Trained : WeightControl.Reinit(fraction)
                let values = data.Accuracies(rule.Name, condition, width, probe)
                where values.Count > 0 && values[0] is not null
                select (100 * fraction, values[0]!.Value);
            (double At, double Value)[] drawn = [.. points];
            if (drawn.Length > 1)
            {
                yield return new Curve(
                    rule.Name,
                    rule.Style,
                    [.. drawn.Select(point => point.At)],
                    [.. drawn.Select(point => point.Value)]
                );
            }
        }
    }

    private static int Seeds(ProbeTable data, string condition, string probe) =>
        data.BySeed(PublishedProtocol.Competitive.Name, condition, PublishedProtocol.Widths[0], probe).Count;
}
