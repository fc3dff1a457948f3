using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>Which test samples a probe got right in one run, so that every interval can be computed anew.</summary>
/// <param name="Probe">The probe's name as records have it.</param>
/// <param name="Samples">The number of test samples.</param>
/// <param name="Correct">Base 64 of one bit per test sample, the first in the lowest bit of the first byte.</param>
[CsvRecord]
public sealed partial record CorrectRow(string RunId, string Probe, int Samples, string Correct)
{
    /// <summary>The bits.</summary>
    /// <exception cref="ResultsException">The text is no base 64.</exception>
    [CsvIgnore]
    public byte[] Bits
    {
        get
        {
            byte[] bits = new byte[Correct.Length];
            return Convert.TryFromBase64String(Correct, bits, out int count)
                ? bits[..count]
                : throw new ResultsException(
                    $"run {RunId}: its samples are damaged; make it again with 'reproduce run'"
                );
        }
    }

    /// <summary>The name of the table beside an experiment's own.</summary>
    public static string NameOf(string experiment) => experiment + "-correct";

    /// <summary>The rows of runs under some probes; a run that diverged has none.</summary>
    public static IReadOnlyList<CorrectRow> Of(IEnumerable<RunRecord> records, IEnumerable<string> probes) =>
        [
            .. from record in records.DistinctBy(record => record.RunId)
            from probe in probes
            where record.Correct.ContainsKey(probe)
            select new CorrectRow(
                record.RunId,
                probe,
                TestSamples(record, probe),
                Convert.ToBase64String(record.Correct[probe])
            ),
        ];

    /// <summary>The number of test samples of a run, which are as many as a probe's predictions.</summary>
    public static int TestSamples(RunRecord record, string probe)
    {
        ArgumentNullException.ThrowIfNull(record);
        string predicted = MeasureNames.Probe(probe, "predicted.");
        return (int)
            record
                .Measures.Where(measure => measure.Key.StartsWith(predicted, StringComparison.Ordinal))
                .Sum(measure => measure.Value);
    }
}
