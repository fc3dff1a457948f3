namespace Reproduction.Network;

/// <summary>What is enforced on a layer's weights after each step that changed them.</summary>
public enum WeightConstraint
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Every row (a neuron's weights) is rescaled to Euclidean norm 1.</summary>
    UnitRows,
}
