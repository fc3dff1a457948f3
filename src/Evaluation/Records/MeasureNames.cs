using System.Globalization;
using Reproduction.Evaluation.Training;
using Reproduction.Evaluation.Training.Credit;

namespace Reproduction.Evaluation.Records;

/// <summary>The names under which records keep measures and curves.</summary>
public static class MeasureNames
{
    /// <summary>
    /// Test accuracy of the network's own output, in [0, 1]; only for rules that train it on targets.
    /// </summary>
    public const string TestAccuracy = "testAccuracy";

    /// <summary>
    /// Normalised mean squared error of the network's own output on test samples, mean over outputs; only for rules
    /// that train it on a regression.
    /// </summary>
    public const string TestError = "testNmse";

    /// <summary>
    /// Returns the name of the normalised mean squared error of one of several outputs: <c>testNmse.t1</c>, …
    /// </summary>
    public static string TestErrorOf(string target) => $"{TestError}.{target}";

    /// <summary>
    /// Normalised mean squared error on validation samples: a curve, and a measure with its last value.
    /// </summary>
    public const string ValidationError = "validationNmse";

    /// <summary>Accuracy on validation samples: a curve, and a measure with its last value.</summary>
    public const string ValidationAccuracy = "validationAccuracy";

    /// <summary>
    /// A layer's agreement with backpropagation: <c>cosine</c> or <c>sign</c>, see <see cref="AlignmentObserver"/>.
    /// </summary>
    public static string Alignment(string layer, string kind) => $"alignment.{layer}.{kind}";

    /// <summary>
    /// A layer's coherence: <c>unit</c>, <c>unitWeights</c>, <c>edge</c> or <c>sign</c>, see
    /// <see cref="CoherenceObserver"/>.
    /// </summary>
    public static string Coherence(string layer, string kind) => $"coherence.{layer}.{kind}";

    /// <summary>Root mean square of a layer's outputs.</summary>
    public static string Activation(string layer) => $"activation.{layer}";

    /// <summary>
    /// A value that a rule noted about its batches, see <see cref="Reproduction.Network.Proposal.Note"/>: a curve, and
    /// a measure with its mean over all steps.
    /// </summary>
    public static string Note(string name) => $"notes.{name}";

    /// <summary>The curve of the loss the rule reports.</summary>
    public const string TrainingLoss = "loss";

    /// <summary>
    /// Gini coefficient of the mean step norms of a layer's neurons: <c>gini.hidden1.start</c>, … Without a moment, the
    /// name is that of the curve.
    /// </summary>
    public static string Gini(string layer, string? moment = null) =>
        moment is null ? $"gini.{layer}" : $"gini.{layer}.{moment}";

    /// <summary>
    /// Which neurons of a layer learn: <c>moving</c>, the share that moves at a step; <c>repeated</c>, the share of
    /// those that moved at the step before too; <c>ever</c>, the share that ever moved. See
    /// <see cref="StepTurnoverObserver"/>.
    /// </summary>
    public static string Steps(string layer, string kind) => $"steps.{layer}.{kind}";

    /// <summary>Root mean square over features of their standard deviation on training samples.</summary>
    public const string FeatureDeviation = "features.deviation";

    /// <summary>The curve of a layer's mean step norm: <c>stepNorm.hidden1</c>, …</summary>
    public static string StepNorm(string layer) => $"stepNorm.{layer}";

    /// <summary>
    /// One of a rule's own parameters: <c>count</c>, the number of its entries, or <c>norm</c>, the root of the sum of
    /// their squares at the end. Without a measure, the name under which its curves stand.
    /// </summary>
    public static string Parameter(string name, string? measure = null) =>
        measure is null ? $"parameters.{name}" : $"parameters.{name}.{measure}";

    /// <summary>
    /// Share of the first hidden layer's neurons that are <c>displaced</c>, <c>structured</c> or <c>live</c>, see
    /// <see cref="LiveNeurons"/>; or <c>rowNorm</c>, the mean norm of the neurons' weights.
    /// </summary>
    public static string Neurons(string kind) => $"neurons.{kind}";

    /// <summary>One measure of a probe: <c>probes.ridge.testAccuracy</c>, …</summary>
    public static string Probe(string probe, string measure) => $"probes.{probe}.{measure}";

    /// <summary>The name of a probe on a hidden layer: <c>ridge</c> on the last, else <c>ridge@hidden1</c>, …</summary>
    /// <param name="layers">How many layers lie up to the one that is probed, itself included.</param>
    /// <param name="hidden">The number of hidden layers.</param>
    public static string ProbeOn(string probe, int layers, int hidden) =>
        layers == hidden ? probe : $"{probe}@{Layer(layers - 1, hidden + 1)}";

    /// <summary>
    /// Multiply-adds of all products of matrices in training, for one sample in one pass: the forward pass and the
    /// rule's proposal.
    /// </summary>
    public const string MultiplyAdds = "multiplyAddsPerSample";

    /// <summary>The name of a network's layer: <c>hidden1</c>, <c>hidden2</c>, …, <c>output</c>.</summary>
    /// <param name="layer">Index of the layer; 0 is the layer that sees the input.</param>
    /// <param name="layers">Number of layers of the network.</param>
    public static string Layer(int layer, int layers) =>
        layer == layers - 1 ? "output" : string.Create(CultureInfo.InvariantCulture, $"hidden{layer + 1}");
}
