namespace Reproduction.Algorithms.Kickback;

/// <summary>What a hidden unit takes for its influence on the output.</summary>
public enum Influence
{
    /// <summary>
    /// τ^(h): the derivative of what the units h layers above put out together, by what this unit puts out.
    /// </summary>
    Truncated,

    /// <summary>1 for every unit: error diffusion. Right in sign where every τ is positive.</summary>
    Constant,
}
