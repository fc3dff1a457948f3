using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Training;

namespace Reproduction.Evaluation.Records;

/// <summary>
/// What a finished run measured. All but <see cref="Machine"/> and <see cref="Seconds"/> is a pure function of the spec
/// and the data.
/// </summary>
public sealed record RunRecord
{
    public required string RunId { get; init; }

    public required RunSpec Spec { get; init; }

    /// <summary>The data set it was run on.</summary>
    public required string DataSetSha256 { get; init; }

    /// <summary>The build of the code that made it; see <see cref="CodeFingerprint"/>.</summary>
    public required string Code { get; init; }

    /// <summary>
    /// Null if the run came to its end; else what stopped being a finite number. A diverged run has no measures, and of
    /// curves only what diagnostics saw before.
    /// </summary>
    public string? Divergence { get; init; }

    /// <summary>Training steps taken.</summary>
    public int Steps { get; init; }

    /// <summary>Single numbers by name; see <see cref="MeasureNames"/>.</summary>
    public SortedDictionary<string, double> Measures { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Curves by name.</summary>
    public SortedDictionary<string, Series> Curves { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Weights of the first hidden layer's first neurons, by moment.</summary>
    public SortedDictionary<string, WeightSnapshot> Snapshots { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Which test samples each probe classified right, by probe; see <see cref="Predictions.CorrectBits"/>.
    /// </summary>
    public SortedDictionary<string, byte[]> Correct { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What it was made on; no part of the result.</summary>
    public required Machine Machine { get; init; }

    /// <summary>Wall time by phase, on whatever machine it was; no part of the result.</summary>
    public SortedDictionary<string, double> Seconds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether it has what every reader of records relies on: curves of as many values as steps, and of each probe what
    /// it found.
    /// </summary>
    internal bool IsComplete =>
        Curves.Values.All(curve =>
            curve is { Steps: not null, Values: not null } && curve.Steps.Length == curve.Values.Length
        )
        && Correct.Values.All(bits => bits is not null)
        && Snapshots.Values.All(snapshot => snapshot is not null)
        && (
            Divergence is not null
            || Spec.Probes.All(probe =>
                Correct.ContainsKey(probe)
                && Measures.ContainsKey(MeasureNames.Probe(probe, "testAccuracy"))
                && Measures.ContainsKey(MeasureNames.Probe(probe, "classesNeverPredicted"))
            )
        );

    /// <summary>The measure, or null if the run does not have it.</summary>
    public double? Measure(string name) => Measures.TryGetValue(name, out double value) ? value : null;
}
