using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training.Credit;

/// <summary>Records the size of a layer's activity, √mean(x²) over units and samples, of every layer.</summary>
/// <param name="interval">Steps between two points of a curve; the first point is at the first step.</param>
/// <param name="curves">Receives the points.</param>
internal sealed class ActivationObserver(int interval, CurveSet curves) : ITrainingObserver
{
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

        for (int l = 0; l < forward.Layers.Count; l++)
        {
            float[] output = forward.Layers[l].Output.AsColumnMajorArray();
            curves.Add(
                MeasureNames.Activation(MeasureNames.Layer(l, forward.Layers.Count)),
                step,
                Math.Sqrt(output.Sum(x => (double)x * x) / output.Length)
            );
        }
    }
}
