using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reproduction.Data;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Evaluation.Records;

/// <summary>
/// Everything that decides a run's result. Two specs with the same canonical JSON are the same run; a spec names every
/// value that can be
/// chosen, defaults included, so that a later change of a default does not change what a spec means. What cannot be
/// chosen, such as the
/// decay constants of an optimizer, belongs to <see cref="CurrentVersion"/>.
/// </summary>
public sealed record RunSpec
{
    /// <summary>
    /// Raised when the same spec would give another result than before: older records are then not taken for it.
    /// </summary>
    public const int CurrentVersion = 3;

    /// <summary>Of a layer.</summary>
    public const int MostUnits = 16_384;

    /// <summary>One network with an output for every class or value.</summary>
    public const string AllTargets = "all";

    /// <summary>A network of one output for each of them: for classes, one against the rest.</summary>
    public const string EachTarget = "each";

    public int Version { get; init; } = CurrentVersion;

    public required string DataSet { get; init; }

    /// <summary>With whose mean and deviation its pixels are normalised.</summary>
    public PixelScaling Pixels { get; init; }

    /// <summary>
    /// <see cref="AllTargets"/>, <see cref="EachTarget"/>, or the name of the one class or value to be learned.
    /// </summary>
    public required string Targets { get; init; }

    /// <summary>How many training samples are used, from the first; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>
    /// Whether the last training samples, those on which probes select, are kept from the rule too. Without it a rule
    /// that sees targets
    /// has fitted the labels that a probe then selects on.
    /// </summary>
    public required bool HoldOutValidation { get; init; }

    /// <summary>Units of each hidden layer; empty for none (the probe then reads the input itself).</summary>
    public required int[] Hidden { get; init; }

    /// <summary>Of the hidden layers.</summary>
    public required string Activation { get; init; }

    /// <summary>Activation of the output layer.</summary>
    public required string Output { get; init; }

    public Normalization Normalization { get; init; }

    /// <summary>Whether the first layer's input is normalised too, or only what hidden layers put out.</summary>
    public bool NormalizesInput { get; init; } = true;

    /// <summary>Of every layer's input but the first, in training.</summary>
    public double Dropout { get; init; }

    public required Initialization Initialization { get; init; }

    public required string Rule { get; init; }

    public required SortedDictionary<string, string> RuleOptions { get; init; }

    public required OptimizerKind Optimizer { get; init; }

    public required double LearningRate { get; init; }

    public required WeightConstraint Constraint { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Samples a step; 0 for all of them in one step.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// What is done to the hidden layers' weights between training and probing; see <see cref="WeightControl"/>.
    /// </summary>
    public string Control { get; init; } = WeightControl.None;

    public required long Seed { get; init; }

    /// <summary>Ids of the probes, sorted.</summary>
    public required string[] Probes { get; init; }

    /// <summary>Steps between two looks at alignment, coherence and activation; 0 for none.</summary>
    public int Diagnostics { get; init; }

    /// <summary>How many neurons' weights are kept in the record.</summary>
    public int Snapshots { get; init; }

    /// <summary>The canonical JSON: all properties in their order, options sorted, no white space.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Options);

    /// <summary>The first 16 hex digits of the canonical JSON's SHA-256.</summary>
    public string RunId() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())))[..16];
}
