namespace Reproduction.Studies.Comparisons;

/// <summary>What is made equal between the arms of a comparison.</summary>
public enum Matching
{
    /// <summary>Nothing: every arm trains as its rule has it.</summary>
    None,

    /// <summary>The number of passes: all have as many as the arm with the most.</summary>
    Epochs,

    /// <summary>The number of steps, in whole passes: none has fewer than the arm with the most.</summary>
    Steps,
}
