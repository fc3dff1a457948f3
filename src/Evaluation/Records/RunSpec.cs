using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reproduction.Data;
using Reproduction.Network;

namespace Reproduction.Evaluation.Records;

/// <summary>
/// Everything that decides a run's result. Two specs with the same canonical JSON are the same run. Properties and rule
/// options at their default are left out of it, so that a new option never renames an old run; what a default means is
/// guarded by the fingerprint of the code, which a record carries too. What cannot be chosen, such as the decay
/// constants of an optimizer, belongs to <see cref="CurrentVersion"/>.
/// </summary>
public sealed record RunSpec
{
    /// <summary>
    /// The version of what a spec means. It is raised when the same spec would give another result than before: records
    /// of an older version are then no longer used.
    /// </summary>
    public const int CurrentVersion = 4;

    /// <summary>The largest number of units that a layer may have.</summary>
    public const int MostUnits = 16_384;

    /// <summary>The largest number of hidden layers.</summary>
    public const int MostLayers = 64;

    /// <summary>The value of <see cref="Targets"/> for one network with an output per target.</summary>
    public const string AllTargets = "all";

    /// <summary>
    /// The value of <see cref="Targets"/> for a network of one output per target: for classes, one against the rest.
    /// </summary>
    public const string EachTarget = "each";

    /// <summary>The value of <see cref="Control"/> that leaves the weights as training left them.</summary>
    public const string NoControl = "none";

    /// <summary>The value of <see cref="Schedule"/> that leaves the learning rate as it is.</summary>
    public const string ConstantSchedule = "constant";

    public int Version { get; init; } = CurrentVersion;

    public required string DataSet { get; init; }

    /// <summary>The data set whose mean and deviation normalise the pixels.</summary>
    public PixelScaling Pixels { get; init; }

    /// <summary>
    /// <see cref="AllTargets"/>, <see cref="EachTarget"/>, or the name of the one class or value to be learned.
    /// </summary>
    public string Targets { get; init; } = AllTargets;

    /// <summary>The number of training samples that are used, from the first; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>
    /// Whether the last training samples, those on which probes select, or those of a fold are kept from the rule too.
    /// Otherwise a rule that sees targets has fitted the labels on which a probe then selects.
    /// </summary>
    public required bool HoldOutValidation { get; init; }

    /// <summary>
    /// Which part of the training samples is held out instead of the last ones, as in "2/5"; empty for the last.
    /// </summary>
    public string Fold { get; init; } = "";

    /// <summary>Units of each hidden layer; empty for none (the probe then reads the input itself).</summary>
    public required int[] Hidden { get; init; }

    /// <summary>Activation of the hidden layers.</summary>
    public required string Activation { get; init; }

    /// <summary>Activation of the output layer.</summary>
    public required string Output { get; init; }

    public Normalization Normalization { get; init; }

    /// <summary>Whether the first layer's input is normalised too, or only the outputs of hidden layers.</summary>
    public bool NormalizesInput { get; init; } = true;

    /// <summary>The share of the inputs of every layer but the first that is dropped in training, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the output layer's weights are learned.</summary>
    public OutputWeights OutputWeights { get; init; }

    public required Initialization Initialization { get; init; }

    /// <summary>What the initial weights of every layer are multiplied by, &gt; 0.</summary>
    public double InitialScale { get; init; } = 1;

    public required string Rule { get; init; }

    /// <summary>The rule's options that differ from their defaults, by name.</summary>
    public SortedDictionary<string, string> RuleOptions { get; init; } = new(StringComparer.Ordinal);

    public required OptimizerKind Optimizer { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>How the learning rate changes in the course of the training, by its name.</summary>
    public string Schedule { get; init; } = ConstantSchedule;

    /// <summary>
    /// Whether the layers are trained one after the other, each for all <see cref="Epochs"/>, from the first on.
    /// </summary>
    public bool Layerwise { get; init; }

    public required WeightConstraint Constraint { get; init; }

    public required int Epochs { get; init; }

    /// <summary>Samples per training step; 0 for all of them in one step.</summary>
    public required int Batch { get; init; }

    /// <summary>
    /// Whether the weights stay as they were drawn: the rule still proposes its steps and observers measure them, but
    /// no step is applied.
    /// </summary>
    public bool Frozen { get; init; }

    /// <summary>The change of the hidden layers' weights between training and probing, by its name.</summary>
    public string Control { get; init; } = NoControl;

    public required long Seed { get; init; }

    /// <summary>Ids of the probes, sorted.</summary>
    public string[] Probes { get; init; } = [];

    /// <summary>Whether probes read every hidden layer or the last alone.</summary>
    public ProbedLayers ProbeLayers { get; init; }

    /// <summary>Ids of the instruments that observe the training, sorted: what they measure becomes notes.</summary>
    public string[] Instruments { get; init; } = [];

    /// <summary>Training steps between two measurements of alignment, coherence and activation; 0 for none.</summary>
    public int Diagnostics { get; init; }

    /// <summary>The number of neurons whose weights are kept in the record.</summary>
    public int Snapshots { get; init; }

    /// <summary>
    /// The names under which probes are recorded: that of the probe for the last hidden layer, with <c>@hidden1</c>
    /// behind it for the first.
    /// </summary>
    public IEnumerable<string> ProbeNames() =>
        from layers in ProbedLayerCounts()
        from probe in Probes
        select MeasureNames.ProbeOn(probe, layers, Hidden.Length);

    /// <summary>How many of the first layers give the features that probes read, for each layer they read.</summary>
    internal IEnumerable<int> ProbedLayerCounts() =>
        ProbeLayers == ProbedLayers.All && Hidden.Length > 1 ? Enumerable.Range(1, Hidden.Length) : [Hidden.Length];

    /// <summary>
    /// The canonical JSON: the properties in their order without those at their default, options sorted, no white
    /// space.
    /// </summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Options);

    /// <summary>The first 16 hex digits of the canonical JSON's SHA-256.</summary>
    public string RunId() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())))[..16];
}
