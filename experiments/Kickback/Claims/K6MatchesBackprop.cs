using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K6: Kickback matches backpropagation on regression.</summary>
internal static class K6MatchesBackprop
{
    private const string Experiment = "interventions";

    // Errors within this factor match.
    private const double Match = 1.1;

    public static IEnumerable<Claim> Claims =>
        from dataSet in new[] { RobotArm.Id, SarcosDataSet.Sarcos.Id }
        from optimizer in new[] { OptimizerKind.Sgd, OptimizerKind.Adamw }
        select On(dataSet, optimizer);

    private static Claim On(string dataSet, OptimizerKind optimizer) =>
        new(
            $"K6/{dataSet}/{KebabCase.From(optimizer)}",
            Evidences.Abstract,
            $"Kickback matches backprop on regression ({KebabCase.From(optimizer)}): its error is the same within 10 %",
            Claim.NoNumber,
            dataSet,
            Evidences.Id(Experiment),
            "shown: at every depth, with the initial weights that validation chose for each, Kickback's error over "
                + "backprop's lies between 0.91 and 1.1 (median over seeds), and the share of Kickback's seeds that "
                + "explain less than half of the variance below one half",
            evidence => Decide(optimizer, evidence)
        )
        {
            // The abstract speaks of benchmarks from the real world, which the simulated arm is not, and is older than
            // AdamW. The note behind K1 to K4 names no data.
            Kind = dataSet == RobotArm.Id || optimizer == OptimizerKind.Adamw ? ClaimKind.Finding : ClaimKind.Empirical,
            Needs =
            [
                ClaimNeed.Of<KickbackArm>(
                    Experiment,
                    arm => arm.Optimizer == optimizer && arm.Normalization == Normalization.None
                ),
            ],
        };

    private static Finding Decide(OptimizerKind optimizer, Evidence evidence)
    {
        ErrorTable errors = Evidences.Interventions(evidence);
        List<string> details = [];
        List<Condition> matches = [];
        foreach (int depth in Evidences.Depths(errors, Initialization.SignMatchedScaled, optimizer))
        {
            KickbackArm kickback = Best(
                errors,
                initialization => KickbackArm.Kickback(initialization, optimizer, Normalization.None, depth)
            );
            KickbackArm backprop = Best(
                errors,
                initialization => KickbackArm.Backprop(initialization, optimizer, Normalization.None, depth)
            );
            matches.Add(
                Quantity
                    .MedianRatio(
                        $"{depth} hidden layers: error over backprop's",
                        Evidences.LogRatios(errors, kickback, backprop)
                    )
                    .Within(1 / Match, Match)
            );
            matches.Add(Evidences.Failing(errors, kickback, $"{depth} hidden layers, Kickback").Below(0.5));
            details.Add($"{depth} hidden layers: {Text(errors, kickback)}, {Text(errors, backprop)}");
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
