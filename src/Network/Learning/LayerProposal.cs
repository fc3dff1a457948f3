using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// The proposed change of one layer. A rule writes it whole, or as a product (<see cref="SetProduct"/>), which notices
/// that few rows change: what follows then touches those rows alone, and gives the same bits.
/// </summary>
public sealed class LayerProposal
{
    // With more rows than one in this number, going row by row takes longer than all rows at once.
    private const int LeastRowsPerActive = 16;

    // Products of few rows come in these sizes, so that their buffers are made once.
    private const int SmallestProduct = 16;

    private readonly Matrix<float> weights;
    private readonly Vector<float> bias;
    private readonly float[] magnitudes;
    private readonly int[] active;
    private readonly int[] written;
    private readonly Dictionary<(int Rows, int Columns), (Matrix<float> Left, Matrix<float> Product)> products = [];
    private int activeCount;
    private bool isSparse;

    // The rows of the buffer that may differ from 0: the first ones of 'written', or any row if this is negative.
    private int writtenCount;

    internal LayerProposal(DenseLayer layer)
    {
        weights = Matrix<float>.Build.Dense(layer.Outputs, layer.Inputs);
        bias = Vector<float>.Build.Dense(layer.Outputs);
        magnitudes = new float[layer.Outputs];
        active = new int[layer.Outputs];
        written = new int[layer.Outputs];
    }

    /// <summary>
    /// ΔW, outputs × inputs. Whoever reads this property may write to all rows, so they count as changed from then on.
    /// </summary>
    public Matrix<float> Weights
    {
        get
        {
            isSparse = false;
            writtenCount = -1;
            return weights;
        }
    }

    /// <summary>
    /// The rows of ΔW that may differ from 0, ascending; null if any may. The others are 0 in the buffer too.
    /// </summary>
    public ReadOnlyMemory<int>? ActiveRows => isSparse ? (ReadOnlyMemory<int>?)active.AsMemory(0, activeCount) : null;

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

    /// <summary>ΔW, for those who only read it.</summary>
    internal Matrix<float> Values => weights;

    /// <summary>
    /// Writes the change that δ at the layer's pre-activations asks for: ΔW = δ·n(x)ᵀ and Δb = Σ δ over the columns.
    /// </summary>
    /// <param name="delta">δ, outputs × columns, already averaged over the columns.</param>
    /// <param name="record">The record of the pass whose input is meant.</param>
    public void Set(Matrix<float> delta, LayerRecord record)
    {
        ArgumentNullException.ThrowIfNull(delta);
        ArgumentNullException.ThrowIfNull(record);
        SetProduct(delta, record.Normalized);
        ColumnSum.Compute(delta, Bias.AsArray());
    }

    /// <summary>Writes ΔW = A·Bᵀ. Where few rows of A differ from 0, only those are computed.</summary>
    /// <param name="left">A, outputs × columns.</param>
    /// <param name="right">B, inputs × columns, of finite numbers.</param>
    public void SetProduct(Matrix<float> left, Matrix<float> right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        int count = Rows.FindNonZero(left, magnitudes, active);
        if (count > weights.RowCount / LeastRowsPerActive)
        {
            left.TransposeAndMultiply(right, Weights);
            return;
        }

        Clear();
        int size = SmallestProduct;
        while (size < count)
        {
            size *= 2;
        }

        ReadOnlySpan<int> rows = active.AsSpan(0, count);
        if (count > 0)
        {
            (Matrix<float> some, Matrix<float> product) = ProductOf(size, left.ColumnCount);
            Rows.Gather(left, rows, some);
            some.TransposeAndMultiply(right, product);
            Rows.Scatter(product, rows, weights);
        }

        // The work that is counted is that of the rule's equation, whether or not it could be spared.
        SimdLinearAlgebraProvider.CountAskedFor(
            (weights.RowCount - (count > 0 ? (long)size : 0)) * weights.ColumnCount * left.ColumnCount
        );
        rows.CopyTo(written);
        (isSparse, activeCount, writtenCount) = (true, count, count);
    }

    /// <summary>Adds factors[o] times row o of another matrix to row o of ΔW, if that row changes at all.</summary>
    /// <param name="factors">One value per row; 0 for a row that does not change.</param>
    /// <param name="other">Outputs × inputs.</param>
    public void AddScaledRows(float[] factors, Matrix<float> other)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(other);
        if (isSparse)
        {
            Rows.AddScaled(weights, factors, other, active.AsSpan(0, activeCount));
        }
        else
        {
            Rows.AddScaled(weights, factors, other);
        }
    }

    /// <summary>Multiplies ΔW by a number.</summary>
    public void Scale(float factor)
    {
        if (isSparse)
        {
            Rows.Scale(weights, factor, active.AsSpan(0, activeCount));
        }
        else
        {
            weights.Multiply(factor, weights);
        }
    }

    /// <summary>Computes the largest magnitude in ΔW.</summary>
    public float LargestMagnitude() =>
        isSparse
            ? Rows.LargestMagnitude(weights, active.AsSpan(0, activeCount))
            : MathF.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>(weights.AsColumnMajorArray()));

    /// <summary>Computes norms[o] = ‖ΔW_o‖₂.</summary>
    /// <param name="norms">Overwritten; one value per row.</param>
    public void RowNorms(float[] norms)
    {
        ArgumentNullException.ThrowIfNull(norms);
        if (isSparse)
        {
            Rows.Norms(weights, norms, active.AsSpan(0, activeCount));
        }
        else
        {
            Rows.Norms(weights, norms);
        }
    }

    /// <summary>Takes over the change that another proposal makes to a layer of the same shape.</summary>
    public void CopyFrom(LayerProposal other)
    {
        ArgumentNullException.ThrowIfNull(other);
        other.weights.CopyTo(weights);
        (isSparse, activeCount, writtenCount) = (other.isSparse, other.activeCount, other.writtenCount);
        other.active.CopyTo(active, 0);
        other.written.CopyTo(written, 0);
        if (other.ChangesBias)
        {
            other.bias.CopyTo(Bias);
        }
    }

    /// <summary>Forgets the last batch's change; the buffer keeps its content.</summary>
    internal void Reset()
    {
        IsProposed = false;
        ChangesBias = false;
        isSparse = false;
    }

    private void Clear()
    {
        if (writtenCount < 0)
        {
            weights.Clear();
        }
        else
        {
            Rows.Clear(weights, written.AsSpan(0, writtenCount));
        }
    }

    private (Matrix<float> Left, Matrix<float> Product) ProductOf(int rows, int columns)
    {
        if (!products.TryGetValue((rows, columns), out (Matrix<float> Left, Matrix<float> Product) buffers))
        {
            products[(rows, columns)] = buffers = (
                Matrix<float>.Build.Dense(rows, columns),
                Matrix<float>.Build.Dense(rows, weights.ColumnCount)
            );
        }

        return buffers;
    }
}
