using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

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

    /// <summary>
    /// Writes the change that δ at the layer's pre-activations asks for: ΔW = δ·n(x)ᵀ and Δb = Σ δ over the columns.
    /// </summary>
    /// <param name="delta">δ, outputs × columns, already averaged over the columns.</param>
    /// <param name="record">The record of the pass whose input is meant.</param>
    public void Set(Matrix<float> delta, LayerRecord record)
    {
        ArgumentNullException.ThrowIfNull(delta);
        ArgumentNullException.ThrowIfNull(record);
        delta.TransposeAndMultiply(record.Normalized, Weights);
        ColumnSum.Compute(delta, Bias.AsArray());
    }

    internal bool IsProposed { get; set; }
}
