using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>The proposed change of one layer.</summary>
public sealed class LayerProposal
{
    private readonly Vector<float> bias;

    internal LayerProposal(DenseLayer layer)
    {
        Weights = Matrix<float>.Build.Dense(layer.Outputs, layer.Inputs);
        bias = Vector<float>.Build.Dense(layer.Outputs);
    }

    /// <summary>ΔW, outputs × inputs.</summary>
    public Matrix<float> Weights { get; }

    /// <summary>
    /// Δb, one value per unit. Reading this property marks the biases as changed; most Hebbian rules have no biases.
    /// </summary>
    public Vector<float> Bias
    {
        get
        {
            ChangesBias = true;
            return bias;
        }
    }

    public bool ChangesBias { get; internal set; }

    internal bool IsProposed { get; set; }
}
