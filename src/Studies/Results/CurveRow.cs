using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>One point of a run's curve.</summary>
/// <param name="Arm">The name of the arm that the run belongs to.</param>
/// <param name="Step">Training steps taken.</param>
[CsvRecord]
public sealed partial record CurveRow(string Arm, long Seed, string Curve, int Step, double Value) : ISeeded
{
    /// <summary>
    /// Returns the points of the named curves of a run; curves that the run does not have are left out.
    /// </summary>
    public static IEnumerable<CurveRow> Of(string arm, RunRecord record, params IEnumerable<string> curves)
    {
        ArgumentNullException.ThrowIfNull(record);
        return from curve in curves
            where record.Curves.ContainsKey(curve)
            from point in record.Curves[curve].Steps.Zip(record.Curves[curve].Values)
            select new CurveRow(arm, record.Spec.Seed, curve, point.First, point.Second);
    }
}
