using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Keeps the weights of the first hidden layer's first neurons after one step and at the end of training.
/// </summary>
/// <param name="neurons">The number of neurons.</param>
/// <param name="atStep">The step after which the weights are kept; <see cref="TakeLast"/> keeps those at the
/// end.</param>
public sealed class WeightSnapshotObserver(int neurons, int atStep) : ITrainingObserver
{
    private readonly Dictionary<string, WeightSnapshot> taken = [];

    /// <summary>The snapshots by name: <c>step-100</c>, <c>end</c>.</summary>
    public IReadOnlyDictionary<string, WeightSnapshot> Taken => taken;

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (step == atStep)
        {
            taken[string.Create(CultureInfo.InvariantCulture, $"step-{step}")] = WeightSnapshot.Of(
                network.Layers[0],
                neurons
            );
        }
    }

    /// <summary>Keeps the weights of the network at the end of training.</summary>
    public void TakeLast(FeedForwardNetwork network) => taken["end"] = WeightSnapshot.Of(network.Layers[0], neurons);
}
