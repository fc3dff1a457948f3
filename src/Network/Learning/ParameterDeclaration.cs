namespace Reproduction.Network;

/// <summary>
/// A matrix that a rule has beside the layers' weights: feedback weights, a local classifier, lateral weights. It is
/// drawn, optimised, measured and kept with the run as the weights of layers are.
/// </summary>
/// <param name="Name">Its name, in lower case with hyphens, such as <c>feedback1</c>. It names its random stream,
/// <c>parameter/feedback1</c>, and its measures.</param>
/// <param name="Rows">Number of rows, ≥ 1.</param>
/// <param name="Columns">Number of columns, ≥ 1; 1 for one value per unit.</param>
/// <param name="Draw">How its entries are drawn.</param>
public sealed record ParameterDeclaration(string Name, int Rows, int Columns, ParameterDraw Draw)
{
    /// <summary>
    /// The index of the layer that the parameter serves; 0 is the first layer. Where layers have different optimizers,
    /// or learn one after the other, the parameter goes with its layer. Null if it serves all layers.
    /// </summary>
    public int? Layer { get; init; }

    /// <summary>What the learning rate of the parameter's layer is multiplied by for it, ≥ 0.</summary>
    public double RateFactor { get; init; } = 1;

    /// <summary>
    /// Whether a square parameter only reads the units of a layer, as a classifier does. Conformance takes other square
    /// parameters of a layer's size for lateral weights, with which units act on each other.
    /// </summary>
    public bool IsReadout { get; init; }

    /// <summary>The constraint that is enforced after each step that changes the parameter.</summary>
    public WeightConstraint Constraint { get; init; } = WeightConstraint.None;
}
