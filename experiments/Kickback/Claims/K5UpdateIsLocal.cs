using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>
/// K5: the update is backpropagation's in the last hidden layer, above which there is only the output.
/// </summary>
internal static class K5UpdateIsLocal
{
    private const int LastHidden = KickbackProtocol.Deepest - 1;

    // How far a cosine in single precision may be from 1.
    private const double Rounding = 1e-5;

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "K5",
                Evidences.Revisited(
                    "can be factorized into a Hebbian (local) update rule, multiplied by an 'influence' term"
                ),
                "The update is a Hebbian one times an influence from the next layer: backprop's where "
                    + "nothing but the output is above",
                Claim.NoNumber,
                RobotArm.Id,
                Evidences.Id("alignment"),
                "follows from the equations; tested: in the last hidden layer |1 − cosine| to backprop's step lies "
                    + "below 10⁻⁵ at initialisation, whatever the weights",
                Decide
            )
            {
                Kind = ClaimKind.Identity,
                Needs =
                [
                    ClaimNeed.Of<KickbackArm>(
                        "alignment",
                        arm =>
                            arm.Depth == KickbackProtocol.Deepest
                            && arm.Optimizer == OptimizerKind.Adamw
                            && arm.Normalization == Normalization.None
                    ),
                ],
            },
        ];

    private static Finding Decide(Evidence evidence)
    {
        ArmCurveTable curves = new(evidence.Table<ArmCurveRow>("alignment", "alignment"));
        double[] last =
        [
            .. KickbackProtocol.Initializations.SelectMany(initialization =>
                Cosines(curves, initialization, LastHidden)
            ),
        ];
        if (last.Length == 0)
        {
            throw new MissingEvidenceException("no alignment was recorded");
        }

        double[] below =
        [
            .. Enumerable.Range(0, LastHidden).SelectMany(layer => Cosines(curves, Initialization.He, layer)),
        ];
        return new Finding(
            Quantity
                .Exact("largest |1 − cosine| in the last hidden layer", last.Max(cosine => Math.Abs(1 - cosine)))
                .Below(Rounding),
            $"with random signs the cosine is {Cells.Mean(below, 2)} below"
        );
    }

    /// <summary>Cosines between Kickback's and backpropagation's steps at initialisation, one per seed.</summary>
    private static IEnumerable<double> Cosines(ArmCurveTable curves, Initialization initialization, int layer)
    {
        KickbackArm arm = KickbackArm.Kickback(
            initialization,
            OptimizerKind.Adamw,
            Normalization.None,
            KickbackProtocol.Deepest
        );
        string name = MeasureNames.Layer(layer, KickbackProtocol.Deepest + 1);
        return curves.AtEnd(arm, MeasureNames.Alignment(name, "cosine"), first: true).Values;
    }
}
