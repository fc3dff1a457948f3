using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T5: more directions per layer help, at higher cost.</summary>
internal static class T5MoreDirectionsHelp
{
    // The rank correlation of the error with the number of directions below which more help.
    private const double Falls = -0.9;

    // Fisher's z is infinite at a correlation of 1.
    private const double LargestCorrelation = 0.999;

    // The validation error to which operations are counted.
    private const double Target = 0.15;

    public static IEnumerable<Claim> Claims =>
        [
            Evidences.Claim(
                "T5",
                "Remarks, 3",
                "Using more than one random direction d per layer could offer a richer subspace … The trade-off is "
                    + "higher computation",
                "From one direction a layer to as many as hidden units (256), more of them help, at higher cost",
                "directions",
                "shown: the rank correlation of the validation error with the number of directions, from 1 to 256, "
                    + "lies below −0.9, mean over seeds by Fisher's z, and a step takes more operations with the most "
                    + "than with one",
                Decide
            ),
        ];

    private static Finding Decide(Evidence evidence)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(evidence.Table<AccuracyRow>("directions", "directions"));
        ArmCurves curves = new(evidence.Table<CurveRow>("directions", DirectionCount.CurvesName));
        IReadOnlyList<StepCostRow> costs = evidence.Table<StepCostRow>("directions", DirectionCount.SecondsName);
        Count[] counts =
        [
            .. from directions in DirectionCount.Counts
            let arm = DirectionCount.ArmOf(directions)
            where data.Count(arm) > 0
            select new Count(directions, Errors(data, arm), costs.First(row => row.Arm == arm).Operations),
        ];
        if (counts.Length < 2)
        {
            throw new MissingEvidenceException("fewer than two numbers of directions were run");
        }

        Count[] asked = [.. counts.Where(count => count.Directions <= TargetPropagationProtocol.Units)];
        double[] z =
        [
            .. Ranks(asked).Select(rank => Math.Atanh(Math.Clamp(rank, -LargestCorrelation, LargestCorrelation))),
        ];
        string errors = string.Join(
                ", ",
                counts.Select(count => $"{count.Directions}: {Cells.Number(100 * count.Errors.Average(), 1)}")
            ),
            operations = string.Join(", ", counts.Select(count => $"{count.Directions}: {Reaches(curves, count)}"));
        return new Finding(
            Condition.All(
                Quantity
                    .Correlation(
                        $"rank correlation with k up to {TargetPropagationProtocol.Units}",
                        z.Average(),
                        [.. z.Select(seed => (z.Sum() - seed) / (z.Length - 1))]
                    )
                    .Below(Falls),
                Quantity
                    .Exact(
                        $"operations of a step with k = {asked[^1].Directions} over k = {asked[0].Directions}",
                        asked[^1].Operations / asked[0].Operations
                    )
                    .Above(1)
            ),
            $"validation error in % with k = {errors}; operations until the error is "
                + $"{Cells.Number(100 * Target, 0)} %: "
                + operations
        );
    }

    /// <summary>Validation errors, one per seed; a diverged run is wrong throughout.</summary>
    private static double[] Errors(ArmRuns<AccuracyRow> data, string arm) =>
        [.. data.Values(arm, row => row.ValidationAccuracy).Select(accuracy => 1 - (accuracy ?? 0))];

    /// <summary>
    /// The rank correlation of the error with the number of directions, one per seed; 0 where all errors are the same.
    /// </summary>
    private static double[] Ranks(Count[] counts)
    {
        IEnumerable<double> directions = counts.Select(count => (double)count.Directions);
        return
        [
            .. counts[0]
                .Errors.Select((_, seed) => counts.Select(count => count.Errors[seed]).ToArray())
                .Select(errors => errors.Distinct().Count() > 1 ? Correlation.Spearman(directions, errors) : 0),
        ];
    }

    /// <summary>The operations until the mean error over seeds has come down to the target, or "never".</summary>
    private static string Reaches(ArmCurves curves, Count count) =>
        curves
            .Points(DirectionCount.ArmOf(count.Directions), MeasureNames.ValidationAccuracy)
            .FirstOrDefault(point => 1 - point.Values.Average() <= Target)
            is { Values: not null } reached
            ? string.Create(CultureInfo.InvariantCulture, $"{reached.At * count.Operations:0.0e0}")
            : "never";

    // What was measured with a number of directions: errors, one per seed, and operations per step.
    private sealed record Count(int Directions, double[] Errors, double Operations);
}
