using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;
using SampleDependency;

namespace SamplePlugin;

/// <summary>
/// Plain Hebbian learning of the hidden layers with unit-norm rows, as a user outside the suite would write it:
/// Δw = rate·mean(y·x).
/// </summary>
[LearningRule(
    "sample-hebb",
    Summary = "Hebb's rule",
    Family = "sample",
    Source = "Hebb 1949",
    LearningRate = 0.01,
    Constraint = WeightConstraint.UnitRows
)]
public sealed class SampleHebb(SampleHebbOptions options) : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network, RandomStreams random) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal)
    {
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            Matrix<float> change =
                record.Output
                * record.Normalized.Transpose()
                * (float)options.Strength
                * StepScale.Of(step.Forward.Samples);
            change.CopyTo(proposal.For(l).Weights);
        }
    }
}
