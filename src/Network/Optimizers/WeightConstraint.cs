namespace Reproduction.Network;

/// <summary>The constraint that is enforced on a layer's weights after each step that changes them.</summary>
public enum WeightConstraint
{
    /// <summary>No constraint.</summary>
    None,

    /// <summary>Every row (a neuron's weights) is rescaled to Euclidean norm 1.</summary>
    UnitRows,
}
