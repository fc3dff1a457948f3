using System.Globalization;
using Reproduction.Evaluation.Training;
using Reproduction.Evaluation.Training.Credit;

namespace Reproduction.Evaluation.Records;

/// <summary>The names under which records keep measures and curves.</summary>
public static class MeasureNames
{
    /// <summary>Test accuracy of the network's own output; only of rules that train it on targets.</summary>
    public const string TestAccuracy = "testAccuracy";

    /// <summary>
    /// Normalised mean squared error of the network's own output on test samples, mean over outputs; only of rules that
    /// train it to say real numbers.
    /// </summary>
    public const string TestError = "testNmse";

    /// <summary>The same of one of several outputs: <c>testNmse.t1</c>, …</summary>
    public static string TestErrorOf(string target) => $"{TestError}.{target}";

    /// <summary>The curve of the same on validation samples, and a measure: its last value.</summary>
    public const string ValidationError = "validationNmse";

    /// <summary>The curve of the accuracy on validation samples, and a measure: its last value.</summary>
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

    /// <summary>Root mean square of what a layer puts out.</summary>
    public static string Activation(string layer) => $"activation.{layer}";

    /// <summary>
    /// What a rule noted of its batches, see <see cref="Reproduction.Network.Proposal.Note"/>: a curve, and a measure:
    /// its mean over all steps.
    /// </summary>
    public static string Note(string name) => $"notes.{name}";

    /// <summary>The curve of the loss the rule reports.</summary>
    public const string TrainingLoss = "loss";

    /// <summary>
    /// Gini coefficient of the mean step norms of a layer's neurons: <c>gini.hidden1.start</c>, … The bare name is the
    /// curve's.
    /// </summary>
    public static string Gini(string layer, string? moment = null) =>
        moment is null ? $"gini.{layer}" : $"gini.{layer}.{moment}";

    /// <summary>
    /// Which neurons of a layer learn: share <c>moving</c> at a step, share <c>repeated</c> of those, share that
    /// <c>ever</c> did; see <see cref="StepTurnoverObserver"/>.
    /// </summary>
    public static string Steps(string layer, string kind) => $"steps.{layer}.{kind}";

    /// <summary>Root mean square over features of their standard deviation on training samples.</summary>
    public const string FeatureDeviation = "features.deviation";

    /// <summary>The curve of a layer's mean step norm: <c>stepNorm.hidden1</c>, …</summary>
    public static string StepNorm(string layer) => $"stepNorm.{layer}";

    /// <summary>
    /// Share of the first hidden layer's neurons that are <c>displaced</c>, <c>structured</c> or <c>live</c>, see
    /// <see cref="LiveNeurons"/>; and the mean norm of their weights, <c>rowNorm</c>.
    /// </summary>
    public static string Neurons(string kind) => $"neurons.{kind}";

    /// <summary>One measure of a probe: <c>probes.ridge.testAccuracy</c>, …</summary>
    public static string Probe(string probe, string measure) => $"probes.{probe}.{measure}";

    /// <summary>The name of a network's layer: <c>hidden1</c>, <c>hidden2</c>, …, <c>output</c>.</summary>
    /// <param name="layer">0 is the layer that sees the input.</param>
    /// <param name="layers">How many the network has.</param>
    public static string Layer(int layer, int layers) =>
        layer == layers - 1 ? "output" : string.Create(CultureInfo.InvariantCulture, $"hidden{layer + 1}");
}
