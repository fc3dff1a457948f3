namespace Reproduction.Network;

/// <summary>
/// How weights are drawn: independently from N(0, σ²). Sign-matched weights take their magnitude from that
/// distribution. Biases start at 0.
/// </summary>
public enum Initialization
{
    /// <summary>σ = √(2 / fan-in) (He et al. 2015).</summary>
    He,

    /// <summary>σ = √(2 / (fan-in + fan-out)) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>
    /// σ = 5·√(π / (2·fan-in)): "Learning Dynamics in Competitive Hebbian Learning", R = 5. Rows have norm ≈ 6.3.
    /// </summary>
    Hebbian,

    /// <summary>
    /// The first layer is drawn as with <see cref="He"/>. Above it, weights are |N(0, 2/fan-in)| with the sign of the
    /// unit that they lead to, so that no edge between hidden units flips the error's sign (coherence of Kickback).
    /// Activity grows by 0.564·√fan-in per layer.
    /// </summary>
    SignMatched,

    /// <summary>
    /// Like <see cref="SignMatched"/>, but with σ = 2.5/fan-in above the first layer, which keeps the size of the
    /// activity.
    /// </summary>
    SignMatchedScaled,
}
