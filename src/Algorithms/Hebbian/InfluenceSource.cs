namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Where <see cref="InfluenceHebb"/> takes a neuron's influence from; z is the softmax of what the next layer puts out.
/// </summary>
public enum InfluenceSource
{
    /// <summary>∂(next layer's output)/∂y, pulled back from z.</summary>
    Gradient,

    /// <summary>The same from 1 for every unit of the next layer.</summary>
    Ones,

    /// <summary>Φᵀz with Φ uniform on [0, 1), drawn once.</summary>
    RandomFixed,

    /// <summary>The same with Φ drawn anew at every step.</summary>
    RandomRedrawn,

    /// <summary>Uniform on [0, 1), of nothing: a control.</summary>
    Noise,
}
