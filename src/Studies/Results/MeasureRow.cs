using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>One measure of a run.</summary>
/// <param name="Arm">The name of the arm that the run belongs to.</param>
[CsvRecord]
public sealed partial record MeasureRow(string Arm, long Seed, string Measure, double Value) : ISeeded
{
    /// <summary>Returns the measures of a run whose names begin with a prefix; the prefix is left out.</summary>
    public static IEnumerable<MeasureRow> Of(string arm, RunRecord record, string prefix)
    {
        ArgumentNullException.ThrowIfNull(record);
        return from measure in record.Measures
            where measure.Key.StartsWith(prefix, StringComparison.Ordinal)
            select new MeasureRow(arm, record.Spec.Seed, measure.Key[prefix.Length..], measure.Value);
    }
}
