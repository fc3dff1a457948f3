using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Execution;
using Reproduction.Network;

namespace MyRule;

/// <summary>
/// Hebb's rule, until yours takes its place: ΔW_oi = strength · mean over the batch of y_o x_i; rows are rescaled to
/// norm 1 after each step.
/// </summary>
[LearningRule(
    "my-rule",
    Summary = "one line: what it does",
    Family = "mine",
    Source = "where its equation is from",
    LearningRate = 0.05,
    Constraint = WeightConstraint.UnitRows)]
public sealed class MyRule(MyRuleOptions options) : ILearningRule
{
    // What it is told besides the network's own activity: nothing, one error a sample, or the targets.
    public Supervision Supervision => Supervision.None;

    // What the change of a layer depends on: that layer, the next one too, or all.
    public Locality Locality => Locality.Layer;

    // What it remembers from batch to batch, a class of public properties; null for nothing.
    public object? CreateState(FeedForwardNetwork network) => null;

    public void Propose(LearningStep step, Proposal proposal)
    {
        for (int layer = 0; layer < step.Network.HiddenLayers; layer++)
        {
            // A column is a sample. x came in, y went out.
            Matrix<float> x = step.Forward.Layers[layer].Normalized, y = step.Forward.Layers[layer].Output;
            Matrix<float> change = y * x.Transpose() * (float)(options.Strength / step.Forward.Samples);
            change.CopyTo(proposal.For(layer).Weights);
        }
    }
}

/// <summary>What <c>--set name=value</c> may say: doubles, ints, bools and enums, each with its default.</summary>
public sealed record MyRuleOptions
{
    [RuleOption("factor of every change", Minimum = 0)]
    public double Strength { get; init; } = 1;
}
