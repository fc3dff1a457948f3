using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training.Credit;

/// <summary>
/// Records how close a rule's proposal is to what backpropagation would do on the same batch: per layer, the cosine of
/// the angle between the two weight changes, and the share of weights for which the changes have the same sign, among
/// those for which neither is 0. The loss is cross-entropy if the output layer is a softmax, else ½‖y − t‖².
/// </summary>
/// <param name="interval">Steps between two points of a curve; the first point is at the first step.</param>
/// <param name="curves">Receives the points.</param>
internal sealed class AlignmentObserver(int interval, CurveSet curves) : ITrainingObserver
{
    private const string Descent = "alignment.descent";

    private Matrix<float>[] gradients = [];

    /// <inheritdoc/>
    public void BeforeStep(
        int step,
        FeedForwardNetwork network,
        ForwardRecord forward,
        Matrix<float> targets,
        Proposal proposal
    )
    {
        if ((step - 1) % interval != 0)
        {
            return;
        }

        if (gradients.Length == 0)
        {
            gradients = [.. network.Layers.Select(layer => Matrix<float>.Build.Dense(layer.Outputs, layer.Inputs))];
        }

        Descend(network, forward, targets);
        for (int l = 0; l < gradients.Length; l++)
        {
            if (proposal[l] is { } change)
            {
                Compare(
                    step,
                    MeasureNames.Layer(l, gradients.Length),
                    change.Weights.AsColumnMajorArray(),
                    gradients[l].AsColumnMajorArray()
                );
            }
        }
    }

    /// <summary>Computes minus the gradient of the summed loss with respect to each layer's weights.</summary>
    private void Descend(FeedForwardNetwork network, ForwardRecord forward, Matrix<float> targets)
    {
        int output = network.Layers.Count - 1;
        LayerRecord top = forward.Layers[output];
        targets.Subtract(top.Output, top.Scratch(Descent));
        if (network.Layers[output].Activation is not Softmax)
        {
            network.Layers[output].Activation.PullBack(top.PreActivation, top.Output, top.Scratch(Descent));
        }

        for (int l = output; l >= 0; l--)
        {
            LayerRecord record = forward.Layers[l];
            record.Scratch(Descent).TransposeAndMultiply(record.Normalized, gradients[l]);
            if (l > 0)
            {
                LayerRecord below = forward.Layers[l - 1];
                network.Layers[l].PullBack(record, record.Scratch(Descent), below.Scratch(Descent));
                network.Layers[l - 1].Activation.PullBack(below.PreActivation, below.Output, below.Scratch(Descent));
            }
        }
    }

    private void Compare(int step, string layer, float[] proposed, float[] descent)
    {
        double product = 0,
            proposedSquare = 0,
            descentSquare = 0;
        int agree = 0,
            decided = 0;
        for (int i = 0; i < proposed.Length; i++)
        {
            double p = proposed[i],
                d = descent[i];
            product += p * d;
            proposedSquare += p * p;
            descentSquare += d * d;
            decided += p != 0 && d != 0 ? 1 : 0;
            agree += p * d > 0 ? 1 : 0;
        }

        // If either change is 0 there is no angle, and the curve has no point there.
        curves.Add(MeasureNames.Alignment(layer, "cosine"), step, product / Math.Sqrt(proposedSquare * descentSquare));
        curves.Add(MeasureNames.Alignment(layer, "sign"), step, agree / (double)decided);
    }
}
