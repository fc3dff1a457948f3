using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T4: a high variance of the factors marks directions that do not help.</summary>
internal static class T4VarianceMarksDirections
{
    private const string Experiment = "agreement";

    // The rank correlation with the error taken away below which an indicator marks directions.
    private const double Marks = -0.1;

    public static IEnumerable<Claim> Claims =>
        [
            .. FactorRuns.Batches.Select(batch =>
                Claim("variance", batch, "A high variance of the factors marks directions that do not help")
            ),
            .. FactorRuns.Batches.Select(batch =>
                Claim("disagreement", batch, "So does the variance of their weighted mean over its square")
            ),
        ];

    private static Claim Claim(string indicator, int batch, string statement) =>
        Evidences.Claim(
            $"T4/{indicator}/{batch}",
            "Remarks, 1",
            "A high variance suggests the chosen direction d doesn’t universally reduce error",
            $"{statement}, batches of {batch}",
            Experiment,
            "shown: in every layer the rank correlation of the indicator with the error that a direction takes away on "
                + "other samples lies below −0.1, mean over seeds",
            evidence => Decide(indicator, batch, evidence)
        ) with
        {
            Needs = [ClaimNeed.Of<string>(Experiment, arm => arm == FactorRuns.Arm(batch))],
        };

    private static Finding Decide(string indicator, int batch, Evidence evidence)
    {
        ArmMeasures data = new(evidence.Table<MeasureRow>(Experiment, Agreement.RankName));
        Quantity Rank(string layer) =>
            data.Values(FactorRuns.Arm(batch), $"{indicator}.{layer}") is { Length: > 0 } values
                ? Quantity.Mean($"{layer}: rank correlation", values, decimals: 3, isSigned: true)
                : throw new MissingEvidenceException($"batch {batch} was not run");
        return new Finding(Condition.All(FactorRuns.Layers.Select(layer => Rank(layer).Below(Marks))));
    }
}
