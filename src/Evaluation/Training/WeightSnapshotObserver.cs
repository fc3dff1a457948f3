using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>Keeps the first hidden layer's first neurons as they were after one step and at the end.</summary>
/// <param name="neurons">How many.</param>
/// <param name="atStep">After which step; the end is kept by <see cref="TakeLast"/>.</param>
public sealed class WeightSnapshotObserver(int neurons, int atStep) : ITrainingObserver
{
    private readonly Dictionary<string, WeightSnapshot> taken = [];

    /// <summary>By name: <c>step-100</c>, <c>end</c>.</summary>
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

    /// <summary>Notes the network as the end of training.</summary>
    public void TakeLast(FeedForwardNetwork network) => taken["end"] = WeightSnapshot.Of(network.Layers[0], neurons);
}
