using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>Everything crossed with everything: rule, initial weights, optimizer, normalisation, depth. K1, K4 and K6 are read off it.</summary>
public sealed class Interventions : KickbackExperiment
{
    /// <summary>The table of the searches.</summary>
    public const string SearchName = "interventions-search";

    /// <inheritdoc/>
    public override string Name => "interventions";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary => "Kickback and backprop under every optimizer, normalisation, initialisation and depth: errors, and what diverged";

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ErrorTable.Assemble(Name, records.Where(KickbackProtocol.IsTuned)), ErrorTable.Assemble(SearchName, records.Where(record => !KickbackProtocol.IsTuned(record)))];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table(Name)), search = new(results.Table(SearchName));
        List<IReadOnlyList<string>> rows = [];
        int seeds = 0;
        foreach (IGrouping<string, KickbackArm> group in All(KickbackProtocol.Depths).GroupBy(arm => (arm with { Depth = 0 }).Key).Where(group => group.Any(arm => errors.Errors(arm).Count > 0)))
        {
            KickbackArm first = group.First();
            seeds = Math.Max(seeds, group.Max(arm => errors.Errors(arm).Count));
            rows.Add(
            [
                first.Label, KebabCase.From(first.Optimizer), KebabCase.From(first.Normalization),
                .. group.Select(arm => Cell(errors, arm)),
                .. group.Select(arm => search.Failures(arm) is { } failures ? string.Create(CultureInfo.InvariantCulture, $"{100 * failures.Diverged:F0} / {100 * failures.Failed:F0}") : Experiments.Cells.NotRun),
            ]);
        }

        return
        [
            new TableArtefact(Name, new Table(
                "Interventions: normalised test error, and runs of the search that failed", results.Provenance.DataSet,
                ["rule and initial weights", "optimizer", "normalisation", .. KickbackProtocol.Depths.Select(depth => $"{depth} hidden layers"), .. KickbackProtocol.Depths.Select(depth => $"failed in %, {depth}")], rows,
                [
                    string.Create(CultureInfo.InvariantCulture, $"Mean squared error over the targets' variance on test samples: mean over up to {seeds} seed(s) ± 95 % interval; in brackets the learning rate found on validation samples, from one grid with one budget for all arms."),
                    "Failed: of all learning rates and seeds of the search, the share that diverged (stopped being finite numbers) / the share that diverged or learned no more than the mean.",
                    KickbackArm.SignsExplained,
                    "Normalisation is of what hidden layers put out; inputs are standardised anyway.",
                ])),
        ];
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) => All(KickbackProtocol.DepthsOf(plan.Profile))
        .Where(arm => plan.DataSet == RobotArm.Id || (arm.Normalization == Normalization.None && arm.Optimizer != OptimizerKind.Momentum));

    private static IEnumerable<KickbackArm> All(IEnumerable<int> depths) =>
        from rule in new[] { KickbackArm.KickbackRule, KickbackArm.BackpropRule }
        from initialization in KickbackProtocol.Initializations
        from optimizer in KickbackProtocol.Optimizers
        from normalization in KickbackProtocol.Normalizations
        from depth in depths
        select rule == KickbackArm.KickbackRule ? KickbackArm.Kickback(initialization, optimizer, normalization, depth) : KickbackArm.Backprop(initialization, optimizer, normalization, depth);

    private static string Cell(ErrorTable errors, KickbackArm arm)
    {
        string rate = errors.Rate(arm) is { } found ? string.Create(CultureInfo.InvariantCulture, $" ({found:0.#####})") : "";
        return Experiments.Cells.Mean(errors.Errors(arm), 3) + rate;
    }
}
