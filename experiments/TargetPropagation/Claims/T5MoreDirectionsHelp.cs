using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T5: more directions per layer help, at higher cost.</summary>
internal static class T5MoreDirectionsHelp
{
    // The rank correlation of the error with the number of directions below which more help.
    private const double Falls = -0.9;

    // The validation error to which operations are counted.
    private const double Target = 0.15;

    public static IEnumerable<Claim> Claims =>
        [Evidences.Claim("T5", Evidences.Note, "More directions a layer help, at higher cost", "directions", Decide)];

    /// <summary>
    /// The claim holds if, in every seed, the error falls as directions are added up to as many as there are hidden
    /// units, and a step takes more operations the more directions there are.
    /// </summary>
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
        double[] ranks = Ranks([.. counts.Where(count => count.Directions <= TargetPropagationProtocol.Units)]);
        string errors = string.Join(
                ", ",
                counts.Select(count => $"{count.Directions}: {Cells.Number(100 * count.Errors.Average(), 1)}")
            ),
            operations = string.Join(", ", counts.Select(count => $"{count.Directions}: {Reaches(curves, count)}"));
        string value = string.Create(
            CultureInfo.InvariantCulture,
            $"validation error in % with k = {errors}; rank correlation with k up to "
                + $"{TargetPropagationProtocol.Units} at most {ranks.Max():0.00} in any seed; operations until the "
                + $"error is {100 * Target:0} %: {operations}"
        );
        bool costsMore = counts.Zip(counts.Skip(1)).All(pair => pair.First.Operations <= pair.Second.Operations);
        return Finding.Of(value, ranks.Max() < Falls && costsMore, ranks.Length);
    }

    /// <summary>Validation errors, one per seed; a diverged run is wrong throughout.</summary>
    private static double[] Errors(ArmRuns<AccuracyRow> data, string arm) =>
        [.. data.Values(arm, row => row.ValidationAccuracy).Select(accuracy => 1 - (accuracy ?? 0))];

    /// <summary>The rank correlation of the error with the number of directions, one per seed.</summary>
    private static double[] Ranks(Count[] counts)
    {
        IEnumerable<double> directions = counts.Select(count => (double)count.Directions);
        return
        [
            .. counts[0]
                .Errors.Select(
                    (_, seed) => Correlation.Spearman(directions, counts.Select(count => count.Errors[seed]))
                ),
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
