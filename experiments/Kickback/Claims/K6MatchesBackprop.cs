using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K6: Kickback matches backpropagation on regression.</summary>
internal static class K6MatchesBackprop
{
    // Errors within this factor match.
    private const double Match = 1.1;

    private const string Criterion =
        "with the initial weights that validation chose for each, Kickback's error over backprop's lies between 0.91 "
        + "and 1.1 (median over seeds), and the share of Kickback's seeds that explain less than half of the variance "
        + "below one half";

    public static IEnumerable<Claim> Claims =>
        [
            .. from dataSet in DataSets from optimizer in Optimizers select OnDeepNetworks(dataSet, optimizer),
            .. from dataSet in DataSets from optimizer in Optimizers select OnThePapersNetwork(dataSet, optimizer),
        ];

    private static string[] DataSets { get; } = [RobotArm.Id, SarcosDataSet.Sarcos.Id];

    private static OptimizerKind[] Optimizers { get; } = [OptimizerKind.Sgd, OptimizerKind.Adamw];

    private static Claim OnDeepNetworks(string dataSet, OptimizerKind optimizer) =>
        On(
            dataSet,
            optimizer,
            $"K6/{dataSet}/{KebabCase.From(optimizer)}",
            "interventions",
            "",
            $"shown: at every depth, {Criterion}",
            evidence =>
            {
                ErrorTable errors = Evidences.Interventions(evidence);
                return Decide(
                    errors,
                    Evidences
                        .Depths(errors, Initialization.SignMatchedScaled, optimizer)
                        .Select(depth =>
                            (
                                $"{depth} hidden layers",
                                Best(errors, i => KickbackArm.Kickback(i, optimizer, Normalization.None, depth)),
                                Best(errors, i => KickbackArm.Backprop(i, optimizer, Normalization.None, depth))
                            )
                        )
                );
            }
        );

    private static Claim OnThePapersNetwork(string dataSet, OptimizerKind optimizer)
    {
        const string experiment = "paper-network";
        return On(
            dataSet,
            optimizer,
            $"K6/paper-network/{dataSet}/{KebabCase.From(optimizer)}",
            experiment,
            "on the paper's network, ",
            $"shown: {Criterion}",
            evidence =>
            {
                ErrorTable errors = new(evidence.Table<ErrorRow>(experiment, experiment));
                KickbackArm Of(string rule) => Best(errors, i => PaperNetwork.Arm(rule, i, optimizer));
                return Decide(
                    errors,
                    [("10, 100 and 200 units", Of(KickbackArm.KickbackRule), Of(KickbackArm.BackpropRule))]
                );
            }
        );
    }

    /// <param name="network">Which network it is, in words that end in a comma; empty for the usual ones.</param>
    private static Claim On(
        string dataSet,
        OptimizerKind optimizer,
        string id,
        string experiment,
        string network,
        string criterion,
        Func<Evidence, Finding> decide
    ) =>
        new(
            id,
            Evidences.Abstract,
            $"Kickback matches backprop on regression ({network}{KebabCase.From(optimizer)}): its error is the same "
                + "within 10 %",
            Claim.NoNumber,
            dataSet,
            Evidences.Id(experiment),
            criterion,
            decide
        )
        {
            // The abstract speaks of benchmarks from the real world, which the simulated arm is not, and is older than
            // AdamW. The note behind K1 to K4 names no data.
            Kind = dataSet == RobotArm.Id || optimizer == OptimizerKind.Adamw ? ClaimKind.Finding : ClaimKind.Empirical,
            Needs =
            [
                ClaimNeed.Of<KickbackArm>(
                    experiment,
                    arm =>
                        arm.Optimizer == optimizer
                        && arm.Normalization == Normalization.None
                        && arm.Targets == KickbackProtocol.Target
                ),
            ],
        };

    /// <param name="pairs">Networks, in words, with Kickback and backprop on them.</param>
    private static Finding Decide(
        ErrorTable errors,
        IEnumerable<(string Network, KickbackArm Kickback, KickbackArm Backprop)> pairs
    )
    {
        List<string> details = [];
        List<Condition> matches = [];
        foreach ((string network, KickbackArm kickback, KickbackArm backprop) in pairs)
        {
            matches.Add(
                Quantity
                    .MedianRatio($"{network}: error over backprop's", Evidences.LogRatios(errors, kickback, backprop))
                    .Within(1 / Match, Match)
            );
            matches.Add(Evidences.Failing(errors, kickback, $"{network}, Kickback").Below(0.5));
            details.Add($"{network}: {Text(errors, kickback)}, {Text(errors, backprop)}");
        }

        return new Finding(Condition.All(matches), $"median errors; {string.Join("; ", details)}");
    }

    /// <summary>A rule with the initial weights that suit it best, by median validation error.</summary>
    private static KickbackArm Best(ErrorTable errors, Func<Initialization, KickbackArm> arm) =>
        KickbackProtocol.Initializations.Select(arm).MinBy(errors.Validation)!;

    private static string Text(ErrorTable errors, KickbackArm arm)
    {
        (int runs, _, int failed) = errors.Failures(arm);
        string failures = failed > 0 ? $" ({failed} of {runs} failed)" : "";
        return $"{arm.Label} {Cells.Number(errors.Median(arm), 3)}{failures}";
    }
}
