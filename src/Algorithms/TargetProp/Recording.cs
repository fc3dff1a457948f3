namespace Reproduction.Algorithms.TargetProp;

/// <summary>What target propagation notes of its steps besides the counts it always notes.</summary>
public enum Recording
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// How the factors are distributed, and whether their variance tells which directions help; see
    /// <see cref="FactorNotes"/>.
    /// </summary>
    Factors,

    /// <summary>
    /// How fast the eigenmodes of the output layer's inputs lose their errors; see <see cref="ModeNotes"/>.
    /// </summary>
    Modes,

    /// <summary>
    /// What backpropagation's step does to an output at finite learning rates; see <see cref="ExpansionNotes"/>.
    /// </summary>
    Expansion,

    /// <summary>
    /// How targets grow on their way down, and how near they stay to the gradient's direction; see
    /// <see cref="TargetNotes"/>.
    /// </summary>
    Targets,
}
