using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T4: a high variance of the factors marks directions that do not help.</summary>
internal static class T4VarianceMarksDirections
{
    // The rank correlation with the error taken away below which an indicator marks directions.
    private const double Marks = -0.1;

    public static IEnumerable<Claim> Claims =>
        [
            .. FactorRuns.Batches.Select(batch =>
                Claim(
                    Evidences.Note,
                    "variance",
                    batch,
                    "A high variance of the factors marks directions that do not help"
                )
            ),
            .. FactorRuns.Batches.Select(batch =>
                Claim(
                    Evidences.Corrected,
                    "disagreement",
                    batch,
                    "So does the variance of their weighted mean over its square"
                )
            ),
        ];

    private static Claim Claim(string source, string indicator, int batch, string statement) =>
        Evidences.Claim(
            $"T4/{indicator}/{batch}",
            source,
            $"{statement}, batches of {batch}",
            "agreement",
            evidence => Decide(indicator, batch, evidence)
        );

    /// <summary>
    /// The claim holds if, in every layer, the whole interval of the correlation lies below the bound.
    /// </summary>
    private static Finding Decide(string indicator, int batch, Evidence evidence)
    {
        ArmMeasures data = new(evidence.Table<MeasureRow>("agreement", Agreement.RankName));
        SeedInterval Rank(string layer) =>
            data.Values(FactorRuns.Arm(batch), $"{indicator}.{layer}") is { Length: > 0 } values
                ? SeedInterval.Of(values)
                : throw new MissingEvidenceException($"batch {batch} was not run");
        (string Layer, SeedInterval Rank)[] ranks = [.. FactorRuns.Layers.Select(layer => (layer, Rank(layer)))];
        string value =
            "rank correlation with the error taken away on other samples: "
            + string.Join(", ", ranks.Select(rank => $"{rank.Layer} {Text(rank.Rank)}"));
        bool marks = ranks.All(rank => rank.Rank.HasInterval && rank.Rank.Mean + rank.Rank.HalfWidth < Marks);
        return Finding.Of(value, marks, ranks[0].Rank.Count);
    }

    private static string Text(SeedInterval rank) =>
        Cells.Signed(rank.Mean, 3) + (rank.HasInterval ? $" ± {Cells.Number(rank.HalfWidth, 3)}" : "");
}
