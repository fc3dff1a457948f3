using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>
/// T2: the method as written reduces the error averaged over a batch; T3: it does so once its denominators are put
/// right.
/// </summary>
internal static class T2AndT3ReducesTheError
{
    private const string Experiment = "estimators";

    // Steps at the end of a pass over which the loss is averaged.
    private const int LastSteps = 20;

    public static IEnumerable<Claim> Claims =>
        [
            Claim(
                "T2",
                TargetPropagationProtocol.AsWritten,
                "The method as written reduces the error in a batch-averaged sense",
                ClaimKind.Empirical
            ),
            .. TargetPropagationProtocol
                .Estimators.Skip(1)
                .Select(estimator =>
                    Claim(
                        $"T3/{estimator}",
                        estimator,
                        $"With the denominators put right it does, by {Spelled(estimator)}",
                        ClaimKind.Finding
                    )
                ),
        ];

    private static Claim Claim(string id, string estimator, string statement, ClaimKind kind) =>
        Evidences.Claim(
            id,
            "Key Insight",
            "how far to move along those directions so that the error is reduced in a batch-averaged sense",
            statement,
            Experiment,
            $"shown: the training loss over the last {LastSteps} steps of one pass over that of the first lies below "
                + "1, geometric mean over seeds; with a run that diverges nothing is shown, and where all do it is "
                + "refuted",
            evidence => Decide(estimator, evidence),
            kind
        ) with
        {
            Needs =
            [
                ClaimNeed.Of<EstimatorArm>(
                    Experiment,
                    arm =>
                        arm.IsOnePass
                        && (
                            arm.Name == EstimatorCurves.ArmOf(estimator)
                            || (estimator == TargetPropagationProtocol.LeastSquares && IsLeastSquares(arm.Name))
                        )
                ),
            ],
        };

    private static Finding Decide(string estimator, Evidence evidence)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(evidence.Table<AccuracyRow>(Experiment, Experiment));
        string arm = EstimatorCurves.ArmOf(estimator);
        int runs = data.Count(arm);
        if (runs == 0)
        {
            throw new MissingEvidenceException($"{arm} was not run");
        }

        Dictionary<long, double> ends = (
            from row in evidence.Table<CurveRow>(Experiment, EstimatorCurves.LossName)
            where row.Arm == arm && row.Curve == MeasureNames.TrainingLoss
            group row by row.Seed into seed
            let losses = seed.OrderBy(row => row.Step).Select(row => row.Value).ToArray()
            select (seed.Key, Ratio: losses.TakeLast(LastSteps).Average() / losses[0])
        ).ToDictionary(seed => seed.Key, seed => seed.Ratio);
        double[] ratios =
        [
            .. data.Of(arm)
                .Select(row => row.Run.HasDiverged ? double.NaN : ends.GetValueOrDefault(row.Seed, double.NaN)),
        ];
        double[] finished = [.. ratios.Where(double.IsFinite)];
        string others = estimator == TargetPropagationProtocol.LeastSquares ? OtherLeastSquares(data, arm) : "";
        return finished.Length == 0
            ? new Finding(Quantity.Exact("share of seeds that come to an end", 0).Above(0.5), arm + others)
            : new Finding(
                Quantity.Ratio("loss at the end over that at the start", [.. ratios.Select(r => Math.Log(r))]).Below(1),
                $"{arm}: from {Number(finished.Min())} to {Number(finished.Max())} by seed, "
                    + $"{Accuracy(data, arm)}{others}"
            );
    }

    /// <summary>"; least squares …: test accuracy … %" for each other arm of least squares.</summary>
    private static string OtherLeastSquares(ArmRuns<AccuracyRow> data, string arm)
    {
        IEnumerable<string> others = EstimatorCurves.Arms.Where(other => other != arm && IsLeastSquares(other));
        return string.Concat(others.Select(other => $"; {other}: {Accuracy(data, other)}"));
    }

    private static bool IsLeastSquares(string arm) => arm.StartsWith("least squares", StringComparison.Ordinal);

    private static string Accuracy(ArmRuns<AccuracyRow> data, string arm) =>
        $"test accuracy {Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 1)} %";

    private static string Number(double ratio) => ratio < 1e3 ? Cells.Number(ratio, 2) : $"{ratio:0.0e0}";

    private static string Spelled(string estimator) =>
        estimator switch
        {
            "trimmed" => "the trimmed mean of the factors",
            TargetPropagationProtocol.LeastSquares => "least squares, which weighs the factors",
            _ => $"the {estimator} of the factors",
        };
}
