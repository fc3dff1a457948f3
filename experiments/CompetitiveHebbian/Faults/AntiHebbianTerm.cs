namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// F6: the anti-Hebbian term of the competitive rule, which the code always sets to zero, switched on.
/// </summary>
internal sealed class AntiHebbianTerm : CompetitiveHebbianExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-6-anti-hebbian-term";

    /// <inheritdoc/>
    public override string Question =>
        "F6: what does the anti-Hebbian term do, off as in the code, as printed, and on?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [.. FaultRuns.CodedMask(plan), .. FaultRuns.OtherMasks(plan)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table<ProbeRow>(Name));
        string[] probes = [PublishedProtocol.Published, PublishedProtocol.Ridge];
        IEnumerable<IReadOnlyList<string>> rows =
            from probe in probes
            from width in data.Widths
            select Row(data, probe, width);
        IEnumerable<int> seeds =
            from probe in probes
            from width in data.Widths
            select Accuracies(data, FaultRuns.AsCoded, width, probe).Count;
        string[] notes =
        [
            "As coded, non-winners are negated and then everything at or below 1/n is set to zero, so the negated "
                + "ones vanish: there is no inhibition. As printed: 0 for the others above 1/n, −a for the rest. "
                + "anti-hebbian: 0 at or below 1/n, −a for the others above.",
            "Inputs are normalised with the data set's own constants. "
                + PrintedComparison.SeedNote(seeds.DefaultIfEmpty().Max()),
            Cells.Edges(data.Rows.Select(row => row.PenaltyAtEdge)),
        ];
        Table table = new(
            "F6: the competitive rule's mask, test accuracy in % and live neurons in %",
            results.Provenance.DataSet,
            ["probe", "units", .. FaultRuns.Masks, .. FaultRuns.Masks.Select(mask => $"live, {mask}")],
            [.. rows],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [ProbeTable.Assemble(Name, runs), ProbeTable.Correct(Name, runs, PublishedProtocol.Ridge)];

    private static IReadOnlyList<string> Row(ProbeTable data, string probe, int width)
    {
        IEnumerable<string> accuracies = FaultRuns.Masks.Select(mask =>
            Cells.Mean(Accuracies(data, mask, width, probe), 1)
        );
        IEnumerable<string> live = FaultRuns.Masks.Select(mask =>
            Cells.Mean(data.Values(PublishedProtocol.Competitive.Name, mask, width, probe, row => 100 * row.Live), 0)
        );
        return [probe, Text(width), .. accuracies, .. live];
    }

    private static IReadOnlyList<double?> Accuracies(ProbeTable data, string mask, int width, string probe) =>
        data.Accuracies(PublishedProtocol.Competitive.Name, mask, width, probe);
}
