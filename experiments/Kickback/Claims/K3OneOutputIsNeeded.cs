using Reproduction.Data;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K3: Kickback needs a single scalar output.</summary>
internal static class K3OneOutputIsNeeded
{
    public static IEnumerable<Claim> Claims =>
        [
            On("K3", "one-scalar", "", OneScalar.Together, OneScalar.Apart),
            // The note names no network.
            On(
                "K3/paper-network",
                "paper-network",
                "on the paper's network, ",
                PaperNetwork.Together,
                PaperNetwork.Apart
            ) with
            {
                Kind = ClaimKind.Finding,
            },
        ];

    /// <param name="experiment">The experiment that has both arms.</param>
    /// <param name="network">Which network it is, in words that end in a comma; empty for the usual ones.</param>
    private static Claim On(string id, string experiment, string network, KickbackArm together, KickbackArm apart) =>
        new(
            id,
            Evidences.Revisited(
                "a requirement that the model only be optimized with respect to a single scalar output"
            ),
            $"Kickback needs a single scalar output: {network}seven torques by one network fail, by a network each "
                + "they do not",
            Claim.NoNumber,
            RobotArm.Id,
            Evidences.Id(experiment),
            "shown: the share of seeds that explain less than half of the variance lies above one half by one "
                + "network and the sum of its errors, and below it by a network each",
            evidence => Decide(new ErrorTable(evidence.Table<ErrorRow>(experiment, experiment)), together, apart)
        )
        {
            Needs = [ClaimNeed.Of<KickbackArm>(experiment, arm => arm == together || arm == apart)],
        };

    private static Finding Decide(ErrorTable errors, KickbackArm together, KickbackArm apart)
    {
        Quantity ratio = Quantity.MedianRatio("ratio", Evidences.LogRatios(errors, together, apart));
        return new Finding(
            Condition.All(
                Evidences.Failing(errors, together, "one network").Above(0.5),
                Evidences.Failing(errors, apart, "a network each").Below(0.5)
            ),
            $"error of one network and the sum of its errors {errors.Summary(together)}, of a network each "
                + $"{errors.Summary(apart)}, {ratio.Text}"
        );
    }
}
