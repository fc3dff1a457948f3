using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K2: normalising activations violates coherence only slightly.</summary>
internal static class K2NormalizationKeepsCoherence
{
    private const string Experiment = "coherence";

    // A violation is slight if it costs no more than this share of coherent units.
    private const double Slight = 0.1;

    public static IEnumerable<Claim> Claims =>
        from normalization in new[] { Normalization.Layer, Normalization.Batch }
        from pass in new[] { KickbackArm.Exact, KickbackArm.Scale }
        select On(normalization, pass);

    private static Claim On(Normalization normalization, string pass)
    {
        string counted =
            pass == KickbackArm.Exact
                ? "influence by the exact derivative"
                : "counting the weights' signs alone, influence by the scale";
        string name = KebabCase.From(normalization);
        return new(
            $"K2/{name}/{pass}",
            Evidences.Revisited(
                "while in theory might violate the coherence criterion, in practice seemed like a fairly minor "
                    + "violation"
            ),
            $"Normalising activations ({name}) violates coherence only slightly, {counted}",
            Claim.NoNumber,
            RobotArm.Id,
            Evidences.Id(Experiment),
            "shown: the share of units with τ > 0 less that without normalisation lies above −0.1, at initialisation "
                + "and after training, mean over seeds",
            evidence => Decide(normalization, pass, evidence)
        )
        {
            // The note's influence is a derivative; to count signs alone is this suite's reading.
            Kind = pass == KickbackArm.Exact ? ClaimKind.Empirical : ClaimKind.Finding,
            Needs =
            [
                ClaimNeed.Of<KickbackArm>(
                    Experiment,
                    arm => arm == Coherence.Arm(normalization, pass) || arm == Coherence.Arm(Normalization.None, pass)
                ),
            ],
        };
    }

    private static Finding Decide(Normalization normalization, string pass, Evidence evidence)
    {
        ArmCurveTable curves = new(evidence.Table<ArmCurveRow>(Experiment, Experiment));
        Quantity Change(string name, bool first)
        {
            IReadOnlyDictionary<long, double> own = Shares(curves, normalization, pass, first),
                plain = Shares(curves, Normalization.None, pass, first);
            IEnumerable<double> changes =
                from seed in own.Keys.Union(plain.Keys)
                select own.GetValueOrDefault(seed, double.NaN) - plain.GetValueOrDefault(seed, double.NaN);
            return Quantity.Mean(name, [.. changes], isSigned: true);
        }

        string Mean(Normalization of, bool first) => Cells.Mean([.. Shares(curves, of, pass, first).Values], 2);
        return new Finding(
            Condition.All(
                Change("change at initialisation", first: true).Above(-Slight),
                Change("change after training", first: false).Above(-Slight)
            ),
            $"units with τ > 0: {Mean(normalization, true)} at initialisation, {Mean(normalization, false)} after "
                + $"training; without normalisation {Mean(Normalization.None, true)} and "
                + Mean(Normalization.None, false)
        );
    }

    /// <summary>The share of units with τ &gt; 0 by seed, at initialisation or after training.</summary>
    private static IReadOnlyDictionary<long, double> Shares(
        ArmCurveTable curves,
        Normalization of,
        string pass,
        bool first
    ) => curves.AtEnd(Coherence.Arm(of, pass), pass == KickbackArm.Exact ? "unit" : "unitWeights", first);
}
