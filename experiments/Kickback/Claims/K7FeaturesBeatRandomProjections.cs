using Reproduction.Data;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K7: Kickback's hidden features beat random projections.</summary>
internal static class K7FeaturesBeatRandomProjections
{
    public static IEnumerable<Claim> Claims =>
        [
            new(
                "K7",
                Evidences.Revisited,
                "Kickback's hidden features beat random projections",
                Evidences.NoNumber,
                IdxDataSet.Mnist.Id,
                Evidences.Id("pretraining"),
                Decide
            ),
        ];

    private static Finding Decide(Evidence evidence)
    {
        IReadOnlyList<PretrainingDecisionRow> all = evidence.Table<PretrainingDecisionRow>(
            "pretraining",
            Pretraining.DecisionsName
        );
        GateRow[] own =
        [
            .. all.Select(row => row.Decision).Where(row => row.Rule.StartsWith("Kickback", StringComparison.Ordinal)),
        ];
        if (own.Length == 0)
        {
            throw new MissingEvidenceException("no features of Kickback were probed");
        }

        IEnumerable<string> values = all.Select(row => $"{row.Decision.Rule} less {row.Baseline} {row.Decision.Text}");
        bool isProvisional = own.Any(row => row.IsProvisional);
        return Finding.Of(
            string.Join("; ", values),
            own.All(row => row.Verdict == GateVerdict.Beats),
            isProvisional ? Finding.TooFewSeeds : own.Min(row => row.Seeds)
        );
    }
}
