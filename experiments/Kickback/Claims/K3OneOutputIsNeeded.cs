using Reproduction.Data;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K3: Kickback needs a single scalar output.</summary>
internal static class K3OneOutputIsNeeded
{
    private const string Experiment = "one-scalar";

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "K3",
                Evidences.Revisited(
                    "a requirement that the model only be optimized with respect to a single scalar output"
                ),
                "Kickback needs a single scalar output: seven torques by one network fail, by a network each they "
                    + "do not",
                Claim.NoNumber,
                RobotArm.Id,
                Evidences.Id(Experiment),
                "shown: the share of seeds that explain less than half of the variance lies above one half by one "
                    + "network and the sum of its errors, and below it by a network each",
                Decide
            )
            {
                Needs =
                [
                    ClaimNeed.Of<KickbackArm>(Experiment, arm => arm == OneScalar.Together || arm == OneScalar.Apart),
                ],
            },
        ];

    private static Finding Decide(Evidence evidence)
    {
        ErrorTable errors = new(evidence.Table<ErrorRow>(Experiment, Experiment));
        Quantity ratio = Quantity.MedianRatio(
            "ratio",
            Evidences.LogRatios(errors, OneScalar.Together, OneScalar.Apart)
        );
        return new Finding(
            Condition.All(
                Evidences.Failing(errors, OneScalar.Together, "one network").Above(0.5),
                Evidences.Failing(errors, OneScalar.Apart, "a network each").Below(0.5)
            ),
            $"error of one network and the sum of its errors {errors.Summary(OneScalar.Together)}, of a network each "
                + $"{errors.Summary(OneScalar.Apart)}, {ratio.Text}"
        );
    }
}
