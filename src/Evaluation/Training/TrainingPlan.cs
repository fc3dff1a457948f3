using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>How long a network is trained, and with which optimizer and constraint.</summary>
/// <param name="Epochs">Passes over the training data, ≥ 0.</param>
/// <param name="Batch">Samples per step, ≥ 1; the last batch of an epoch may be smaller.</param>
public sealed record TrainingPlan(
    int Epochs,
    int Batch,
    OptimizerKind Optimizer,
    double LearningRate,
    WeightConstraint Constraint,
    bool IsFrozen = false
);
