using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation.Instruments;

/// <summary>
/// Records how targets grow on their way down and how near they stay to the gradient's direction.
/// <c>pull.LAYER</c> is ‖x′ − x‖/‖dy‖ of a layer's activation step, with dy the error that remains before it.
/// <c>pullBound.LAYER</c> is σ_max(D_k)/σ_min(W D_k), which no least-squares step exceeds. <c>pass.LAYER</c> is ‖u′ −
/// u‖/‖x′ − x‖ where the target passes the activation of the layer below. <c>passBound.LAYER</c> is 1/a with a the
/// smallest slope in the batch, or the largest slope if targets pass by slopes. <c>cosine.LAYER</c> is the cosine
/// between u′ − u, the change that the target asks of the layer's pre-activations, and minus the gradient there:
/// δ = f′(u)·Wᵀδ from the layer above, with δ = dy at the output.
/// </summary>
[Instrument(Id)]
public sealed class TargetInstrument : TargetPropagationInstrument
{
    /// <summary>The id in specs.</summary>
    public const string Id = "target-propagation-targets";

    /// <inheritdoc/>
    protected override void Note(Proposal proposal, TargetPropagationWorkings workings)
    {
        IReadOnlyList<LayerStep> steps = workings.Steps;
        Matrix<float> gradient = steps[0].Errors;
        for (int i = 0; i < steps.Count; i++)
        {
            LayerStep step = steps[i];
            proposal.Note(
                $"cosine.{step.Name}",
                step.Errors.PointwiseMultiply(gradient).ColumnSums().Sum()
                    / (step.Errors.FrobeniusNorm() * gradient.FrobeniusNorm())
            );
            if (step.Moved is not { } moved || step.Remaining is not { } remaining)
            {
                break;
            }

            LayerStep below = steps[i + 1];
            Matrix<float> slopes = Matrix<float>.Build.Dense(moved.RowCount, moved.ColumnCount, 1f);
            below.Layer.Activation.PullBack(below.Record.PreActivation, below.Record.Output, slopes);
            proposal.Note($"pull.{step.Name}", moved.FrobeniusNorm() / remaining.FrobeniusNorm());
            Matrix<double> directions = step
                    .Block.SubMatrix(0, step.Layer.Inputs, 0, step.Block.ColumnCount)
                    .ToDouble(),
                weights = (
                    step.Layer.Weights + step.Change.SubMatrix(0, step.Layer.Outputs, 0, step.Layer.Inputs)
                ).ToDouble();
            proposal.Note(
                $"pullBound.{step.Name}",
                directions.L2Norm() / (weights * directions).Svd(computeVectors: false).S.Minimum()
            );
            proposal.Note($"pass.{below.Name}", below.Errors.FrobeniusNorm() / moved.FrobeniusNorm());
            proposal.Note(
                $"passBound.{below.Name}",
                workings.Pass == ActivationPass.Slope ? slopes.Enumerate().Max() : 1 / slopes.Enumerate().Min()
            );
            gradient = step.Layer.Weights.TransposeThisAndMultiply(gradient).PointwiseMultiply(slopes);
        }
    }
}
