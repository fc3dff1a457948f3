using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Gradient descent of a single layer on softmax cross-entropy. With o the layer's output and q = softmax(o):
/// L = −mean_B(log q_label), ∂L/∂o = (q − t)/B, and ∂L/∂z follows from the activation's derivative. If the layer's own
/// activation is a softmax, the softmax is applied twice.
/// </summary>
internal sealed class CrossEntropyDescent : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        LayerRecord record = step.Forward.Layers[0];
        Matrix<float> descent = record.Scratch("descent");
        float[] o = record.Output.AsColumnMajorArray(),
            t = step.Targets!.AsColumnMajorArray(),
            d = descent.AsColumnMajorArray();
        int classes = record.Output.RowCount,
            samples = step.Forward.Samples;
        double loss = 0;
        for (int start = 0; start < d.Length; start += classes)
        {
            Span<float> sample = d.AsSpan(start, classes);
            ReadOnlySpan<float> target = t.AsSpan(start, classes);
            Softmax.Apply(o.AsSpan(start, classes), 1f, sample);
            loss -= Math.Log(sample[target.IndexOf(1f)]);
            TensorPrimitives.Subtract(target, sample, sample);
            TensorPrimitives.Divide(sample, samples, sample);
        }

        step.Network.Layers[0].Activation.PullBack(record.PreActivation, record.Output, descent);
        LayerProposal change = proposal.For(0);
        descent.TransposeAndMultiply(record.Normalized, change.Weights);
        ColumnSum.Compute(descent, change.Bias.AsArray());
        proposal.Loss = loss / samples;
    }
}
