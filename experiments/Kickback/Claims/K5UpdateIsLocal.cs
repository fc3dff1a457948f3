using System.Globalization;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Statistics;
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
                Evidences.Revisited,
                "The update is a Hebbian one times an influence from the next layer: backprop's where "
                    + "nothing but the output is above",
                Evidences.NoNumber,
                RobotArm.Id,
                Evidences.Id("alignment"),
                Decide
            ),
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

        IEnumerable<double> below = Enumerable
            .Range(0, LastHidden)
            .SelectMany(layer => Cosines(curves, Initialization.He, layer));
        double worst = last.Max(cosine => Math.Abs(1 - cosine));
        string value = string.Create(
            CultureInfo.InvariantCulture,
            $"cosine to backprop's step in the last hidden layer differs from 1 by less than "
                + $"{Math.Max(worst, 1e-7):0e0}, whatever the weights, by construction; with random "
                + $"signs it is {Evidences.Text(SeedInterval.Of([.. below]))} below"
        );
        return Finding.Of(value, worst < Rounding, last.Length / KickbackProtocol.Initializations.Length);
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
