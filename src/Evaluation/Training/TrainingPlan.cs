using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>How long a network is trained, and how its proposals are applied.</summary>
/// <param name="Epochs">Passes over the training data, ≥ 0.</param>
/// <param name="Batch">Samples per step, ≥ 1; the last batch of an epoch may be smaller.</param>
/// <param name="Settings">Optimizer, learning rate and constraint of a layer, by the layer's index.</param>
public sealed record TrainingPlan(int Epochs, int Batch, Func<int, OptimizerSettings> Settings)
{
    /// <param name="optimizer">The optimizer of all layers.</param>
    /// <param name="learningRate">The learning rate of all layers, ≥ 0.</param>
    /// <param name="constraint">The constraint of all layers.</param>
    public TrainingPlan(
        int epochs,
        int batch,
        OptimizerKind optimizer,
        double learningRate,
        WeightConstraint constraint
    )
        : this(epochs, batch, _ => new OptimizerSettings(optimizer, learningRate, constraint)) { }

    /// <summary>Whether proposals are made and measured, but not applied.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Whether the output layer stays as it is, whatever the rule proposes for it.</summary>
    public bool IsOutputFixed { get; init; }

    /// <summary>How the learning rate changes with time.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Parse(RateSchedule.Constant);

    /// <summary>
    /// Whether layers are trained one after the other, from the first on: each for all epochs, with the layers below it
    /// as their own training left them and those above as drawn.
    /// </summary>
    public bool IsLayerwise { get; init; }
}
