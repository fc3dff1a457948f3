namespace Reproduction.Network;

/// <summary>
/// How weights are drawn: from N(0, σ²), all independent; sign-matched ones take their size from it. Biases start at 0.
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
    /// The first layer as <see cref="He"/>; above it |N(0, 2/fan-in)| with the sign of the unit the weight leads to, so
    /// that no edge between
    /// hidden units turns the error's sign (coherence of Kickback). Activity grows by 0.564·√fan-in a layer.
    /// </summary>
    SignMatched,

    /// <summary>
    /// As <see cref="SignMatched"/>, but σ = 2.5/fan-in above the first layer, which keeps activity at its size.
    /// </summary>
    SignMatchedScaled,
}
