using Reproduction.Data;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Everything crossed with everything: rule, initial weights, optimizer, normalisation, depth. Claims K1, K4 and K6 are
/// read off it.
/// </summary>
internal sealed class Interventions : KickbackExperiment
{
    /// <inheritdoc/>
    public override string Name => "interventions";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Question =>
        "When does Kickback learn as well as backprop: optimizer, normalisation, initial weights or depth?";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table<ErrorRow>(Name)),
            search = new(results.Table<ErrorRow>(ErrorTable.SearchName(Name)));
        IGrouping<KickbackArm, KickbackArm>[] groups =
        [
            .. All(KickbackProtocol.Depths)
                .GroupBy(arm => arm with { Depth = 0 })
                .Where(group => group.Any(arm => errors.Errors(arm).Count > 0)),
        ];
        int seeds = groups.SelectMany(group => group).Select(arm => errors.Errors(arm).Count).DefaultIfEmpty().Max();
        string[] notes =
        [
            "Error: mean squared error over the targets' variance on test samples, geometric mean over up to "
                + $"{Cells.Seeds(seeds)} that came to their end, with its 95 % interval. Diverged: stopped being "
                + "finite numbers. Failed: explains less than half of the validation targets' variance, the "
                + "diverged ones included; 1 is what dead units say.",
            "Rate: found on validation samples, from one grid with one budget for all arms; in brackets the rates "
                + "of the grid at which every seed of the search learned (did not fail).",
            "Kickback by scale: its influence passes a normalisation by the deviation alone, which is local; "
                + "otherwise by the exact derivative.",
            KickbackArm.SignsExplained,
            "Normalisation is of what hidden layers put out; inputs are standardised anyway.",
        ];
        Table table = new(
            "Interventions: normalised test error, and learning rates",
            results.Provenance.DataSet,
            [
                "rule and initial weights",
                "optimizer",
                "normalisation",
                .. KickbackProtocol.Depths.Select(depth => $"{depth} hidden layers"),
                .. KickbackProtocol.Depths.Select(depth => $"rate, {depth}"),
            ],
            [.. groups.Select(group => Row(errors, search, [.. group]))],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        All(KickbackProtocol.DepthsOf(plan.Profile)).Where(arm => plan.DataSet == RobotArm.Id || IsPlain(arm));

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        ErrorTable.Pair(Name, runs);

    private static bool IsPlain(KickbackArm arm) =>
        arm.Normalization == Normalization.None && arm.Optimizer != OptimizerKind.Momentum;

    private static IReadOnlyList<string> Row(ErrorTable errors, ErrorTable search, IReadOnlyList<KickbackArm> group)
    {
        KickbackArm first = group[0];
        return
        [
            first.Label,
            KebabCase.From(first.Optimizer),
            KebabCase.From(first.Normalization),
            .. group.Select(errors.Summary),
            .. group.Select(arm => errors.RateSummary(arm, search)),
        ];
    }

    private static IEnumerable<KickbackArm> All(IEnumerable<int> depths) =>
        [
            .. from initialization in KickbackProtocol.Initializations
            from optimizer in KickbackProtocol.Optimizers
            from normalization in KickbackProtocol.Normalizations
            from depth in depths
            select KickbackArm.Kickback(initialization, optimizer, normalization, depth),
            .. from optimizer in KickbackProtocol.Optimizers
            from normalization in KickbackProtocol.Normalizations
            where normalization != Normalization.None && optimizer != OptimizerKind.Momentum
            from depth in depths
            select KickbackArm.Kickback(
                Initialization.SignMatchedScaled,
                optimizer,
                normalization,
                depth,
                normalizationPass: KickbackArm.Scale
            ),
            .. from initialization in KickbackProtocol.Initializations
            from optimizer in KickbackProtocol.Optimizers
            from normalization in KickbackProtocol.Normalizations
            from depth in depths

            // The yardstick needs less than all: large matched weights without normalisation only, momentum likewise.
            where
                normalization == Normalization.None
                || (initialization != Initialization.SignMatched && optimizer != OptimizerKind.Momentum)
            select KickbackArm.Backprop(initialization, optimizer, normalization, depth),
        ];
}
