namespace Reproduction.Network;

/// <summary>The optimizers that apply a proposal.</summary>
public enum OptimizerKind
{
    /// <summary><see cref="GradientDescent"/> without momentum.</summary>
    Sgd,

    /// <summary><see cref="GradientDescent"/> with momentum 0.9.</summary>
    Momentum,

    /// <summary>
    /// <see cref="AdamW"/> with its usual constants. The name is one word here, because users type it as <c>adamw</c>.
    /// </summary>
    Adamw,
}
