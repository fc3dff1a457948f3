namespace Reproduction.Network;

/// <summary>How the proposed changes of a layer are applied.</summary>
/// <param name="LearningRate">η, a finite number ≥ 0.</param>
public sealed record OptimizerSettings(OptimizerKind Kind, double LearningRate, WeightConstraint Constraint);
