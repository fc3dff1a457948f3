using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Records how far a rule wants to move each of its own parameters, as <see cref="StepNormObserver"/> does for layers:
/// the norm of the proposed change of a row, averaged over rows and windows of steps.
/// </summary>
/// <param name="window">Steps per point of a curve.</param>
internal sealed class ParameterObserver(RuleParameters parameters, int window) : ITrainingObserver
{
    private readonly (string Name, WindowMean Mean, float[] Norms)[] watched =
    [
        .. parameters.Declarations.Select(declared =>
            (declared.Name, new WindowMean(window), new float[declared.Rows])
        ),
    ];

    /// <summary>The curve of each parameter; empty if the rule never changed it.</summary>
    public IEnumerable<(string Name, Series Curve)> Curves => watched.Select(own => (own.Name, own.Mean.Curve));

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        foreach ((string name, WindowMean mean, float[] norms) in watched)
        {
            if (proposal[name] is { } change)
            {
                Rows.Norms(change, norms);
                mean.Add(step, norms.Average());
            }
        }
    }
}
