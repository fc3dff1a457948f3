using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K2: normalising activations violates coherence only slightly.</summary>
internal static class K2NormalizationKeepsCoherence
{
    // A violation is slight if it costs no more than this share of coherent units.
    private const double Slight = 0.1;

    public static IEnumerable<Claim> Claims =>
        from normalization in new[] { Normalization.Layer, Normalization.Batch }
        from pass in new[] { KickbackArm.Exact, KickbackArm.Scale }
        select Claim(normalization, pass);

    private static Claim Claim(Normalization normalization, string pass)
    {
        string counted =
            pass == KickbackArm.Exact
                ? "influence by the exact derivative"
                : "counting the weights' signs alone, influence by the scale";
        string name = KebabCase.From(normalization);
        return new(
            $"K2/{name}/{pass}",
            Evidences.Revisited,
            $"Normalising activations ({name}) violates coherence only slightly, {counted}",
            Evidences.NoNumber,
            RobotArm.Id,
            Evidences.Id("coherence"),
            evidence => Decide(normalization, pass, evidence)
        );
    }

    private static Finding Decide(Normalization normalization, string pass, Evidence evidence)
    {
        ArmCurveTable curves = new(evidence.Table<ArmCurveRow>("coherence", "coherence"));
        SeedInterval Coherent(Normalization of, bool first) => CoherentUnits(curves, of, pass, first);
        SeedInterval plainFirst = Coherent(Normalization.None, first: true),
            plainLast = Coherent(Normalization.None, first: false),
            first = Coherent(normalization, first: true),
            last = Coherent(normalization, first: false);
        string value =
            $"units with τ > 0: {Evidences.Text(first)} at initialisation, {Evidences.Text(last)} "
            + $"after training; without normalisation {Evidences.Text(plainFirst)} and {Evidences.Text(plainLast)}";
        bool holds = first.Mean >= plainFirst.Mean - Slight && last.Mean >= plainLast.Mean - Slight;
        return Finding.Of(value, holds, first.Count);
    }

    /// <summary>The share of units with τ &gt; 0, at initialisation or after training.</summary>
    private static SeedInterval CoherentUnits(ArmCurveTable curves, Normalization of, string pass, bool first)
    {
        string curve = pass == KickbackArm.Exact ? "unit" : "unitWeights";
        IReadOnlyDictionary<long, double> shares = curves.AtEnd(Coherence.Arm(of, pass), curve, first);
        return shares.Count > 0
            ? SeedInterval.Of([.. shares.Values])
            : throw new MissingEvidenceException($"coherence under {KebabCase.From(of)} normalisation was not run");
    }
}
