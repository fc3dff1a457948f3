namespace Reproduction.Evaluation.Records;

/// <summary>The weights of a network's output layer.</summary>
public enum OutputWeights
{
    /// <summary>They are drawn, and the rule learns them.</summary>
    Learned,

    /// <summary>
    /// They are fixed: each output is the sum of its own units of the last hidden layer, which are dealt out to the
    /// outputs in their order, the same number to each. These units are then the output nodes of a network whose
    /// answer is their sum.
    /// </summary>
    Sum,
}
