using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Training;

namespace Reproduction.Evaluation.Records;

/// <summary>
/// The measurements of a finished run. Everything except <see cref="Machine"/> and <see cref="Seconds"/> is a pure
/// function of the spec and the data.
/// </summary>
public sealed record RunRecord
{
    public required string RunId { get; init; }

    public required RunSpec Spec { get; init; }

    /// <summary>All options of the rule with the values that the run used, those at their default included.</summary>
    public SortedDictionary<string, string> RuleOptions { get; init; } = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of the data set that the run used.</summary>
    public required string DataSetSha256 { get; init; }

    /// <summary>Fingerprint of the code that made the run; see <see cref="CodeFingerprint"/>.</summary>
    public required string Code { get; init; }

    /// <summary>
    /// Null if the run finished, else what stopped being a finite number. A diverged run has no measures, and only
    /// those curves that diagnostics recorded before it diverged.
    /// </summary>
    public string? Divergence { get; init; }

    /// <summary>Number of training steps taken.</summary>
    public int Steps { get; init; }

    /// <summary>Single numbers by name; see <see cref="MeasureNames"/>.</summary>
    public SortedDictionary<string, double> Measures { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Curves by name.</summary>
    public SortedDictionary<string, Series> Curves { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Weights of the first hidden layer's first neurons, by moment.</summary>
    public SortedDictionary<string, WeightSnapshot> Snapshots { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Which test samples each probe classified correctly, by probe; see <see cref="Predictions.CorrectBits"/>.
    /// </summary>
    public SortedDictionary<string, byte[]> Correct { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The software and machine that made the run; not part of the result.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Wall time in seconds by phase, on the machine that made the run; not part of the result.</summary>
    public SortedDictionary<string, double> Seconds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether the record has what its readers rely on: as many values as steps in every curve, and the results of
    /// every probe.
    /// </summary>
    internal bool IsComplete =>
        Curves.Values.All(curve =>
            curve is { Steps: not null, Values: not null } && curve.Steps.Length == curve.Values.Length
        )
        && Correct.Values.All(bits => bits is not null)
        && Snapshots.Values.All(snapshot => snapshot is not null)
        && (
            Divergence is not null
            || Spec.ProbeNames()
                .All(probe =>
                    Correct.ContainsKey(probe)
                    && Measures.ContainsKey(MeasureNames.Probe(probe, "testAccuracy"))
                    && Measures.ContainsKey(MeasureNames.Probe(probe, "classesNeverPredicted"))
                )
        );

    /// <summary>The measure, or null if the run does not have it.</summary>
    public double? Measure(string name) => Measures.TryGetValue(name, out double value) ? value : null;
}
