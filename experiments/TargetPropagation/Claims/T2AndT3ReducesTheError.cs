using System.Globalization;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>
/// T2: the method as written reduces the error averaged over a batch; T3: it does so once its denominators are put
/// right.
/// </summary>
internal static class T2AndT3ReducesTheError
{
    // Steps at the end of a pass over which the loss is averaged.
    private const int LastSteps = 20;

    // The growth of the loss beyond which its size says nothing.
    private const double Exploded = 1e6;

    public static IEnumerable<Claim> Claims =>
        [
            Claim(
                "T2",
                Evidences.Note,
                TargetPropagationProtocol.AsWritten,
                "The method as written reduces the error in a batch-averaged sense"
            ),
            .. TargetPropagationProtocol
                .Estimators.Skip(1)
                .Select(estimator =>
                    Claim(
                        $"T3/{estimator}",
                        Evidences.Corrected,
                        estimator,
                        $"With the denominators put right it does, by {Spelled(estimator)}"
                    )
                ),
        ];

    private static Claim Claim(string id, string source, string estimator, string statement) =>
        Evidences.Claim(id, source, statement, "estimators", evidence => Decide(estimator, evidence));

    /// <summary>The claim holds if no run diverges and every seed's loss ends below its start.</summary>
    private static Finding Decide(string estimator, Evidence evidence)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(evidence.Table<AccuracyRow>("estimators", "estimators"));
        string arm = EstimatorCurves.ArmOf(estimator);
        if (data.Count(arm) == 0)
        {
            throw new MissingEvidenceException($"{arm} was not run");
        }

        string others = estimator == TargetPropagationProtocol.LeastSquares ? OtherLeastSquares(data, arm) : "";
        if (data.HasDiverged(arm))
        {
            int diverged = data.Values(arm, row => row.TestAccuracy).Count(accuracy => accuracy is null);
            string failed = $"{arm}, one pass: {diverged} of {data.Count(arm)} runs diverged{others}";
            return Finding.Of(failed, false, data.Count(arm));
        }

        double[] ends = LossRatios(evidence, arm);
        string value =
            $"{arm}, one pass: training loss of the last {LastSteps} steps over that of the first "
            + $"from {Ratio(ends.Min())} to {Ratio(ends.Max())} by seed, {Accuracy(data, arm)}{others}";
        return Finding.Of(value, ends.Max() < 1, ends.Length);
    }

    /// <summary>The loss at the end of the pass over that of the first step, one per seed.</summary>
    private static double[] LossRatios(Evidence evidence, string arm)
    {
        // By step, then by seed.
        double[][] losses =
        [
            .. new ArmCurves(evidence.Table<CurveRow>("estimators", EstimatorCurves.LossName))
                .Points(arm, MeasureNames.TrainingLoss)
                .Select(point => point.Values),
        ];
        double AtEnd(int seed) => losses[^LastSteps..].Average(step => step[seed]);
        return [.. losses[0].Select((first, seed) => AtEnd(seed) / first)];
    }

    /// <summary>"; least squares …: test accuracy … %" for each other arm of least squares.</summary>
    private static string OtherLeastSquares(ArmRuns<AccuracyRow> data, string arm)
    {
        IEnumerable<string> others = EstimatorCurves.Arms.Where(other =>
            other != arm && other.StartsWith("least squares", StringComparison.Ordinal)
        );
        return string.Concat(others.Select(other => $"; {other}: {Accuracy(data, other)}"));
    }

    private static string Accuracy(ArmRuns<AccuracyRow> data, string arm) =>
        $"test accuracy {Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 1)} %";

    private static string Ratio(double ratio) =>
        ratio > Exploded
            ? string.Create(CultureInfo.InvariantCulture, $"more than {Exploded:0e0}")
            : ratio.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Spelled(string estimator) =>
        estimator switch
        {
            "trimmed" => "the trimmed mean of the factors",
            TargetPropagationProtocol.LeastSquares => "least squares, which weighs the factors",
            _ => $"the {estimator} of the factors",
        };
}
