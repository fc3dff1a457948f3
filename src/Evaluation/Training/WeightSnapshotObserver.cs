using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Keeps the weights of the first hidden layer's first neurons, and the first rows of the rule's own parameters, after
/// some steps and at the end of training.
/// </summary>
/// <param name="neurons">The number of neurons, and of rows.</param>
public sealed class WeightSnapshotObserver(int neurons, RuleParameters parameters) : ITrainingObserver
{
    // Ever rarer, as weights move most at first; a paper shows them after 100.
    private static readonly int[] Steps = [1, 3, 10, 30, StepGiniObserver.StartStep, 300, 1000];

    private readonly Dictionary<string, WeightSnapshot> taken = [];

    /// <summary>
    /// The snapshots by name: <c>step-1</c> to <c>step-1000</c>, <c>end</c>; those of a parameter have its name before
    /// that, <c>feedback1.end</c>.
    /// </summary>
    public IReadOnlyDictionary<string, WeightSnapshot> Taken => taken;

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (Steps.Contains(step))
        {
            Take(string.Create(CultureInfo.InvariantCulture, $"step-{step}"), network);
        }
    }

    /// <summary>Keeps the weights of the network at the end of training.</summary>
    public void TakeLast(FeedForwardNetwork network) => Take("end", network);

    private void Take(string moment, FeedForwardNetwork network)
    {
        taken[moment] = WeightSnapshot.Of(network.Layers[0].Weights, neurons);
        foreach (ParameterDeclaration declared in parameters.Declarations)
        {
            taken[$"{declared.Name}.{moment}"] = WeightSnapshot.Of(parameters[declared.Name], neurons);
        }
    }
}
