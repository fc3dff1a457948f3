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
    private readonly Dictionary<(int Rows, int Columns), Matrix<float>> factors = [];
    private readonly Dictionary<(int Rows, int Columns), Matrix<float>> products = [];
    private int activeCount;

    // The active rows of ΔW, one after the other and then rows of zeros; null if the buffer of all rows holds ΔW.
    private Matrix<float>? some;

    // Whether the buffer of all rows holds ΔW as well.
    private bool isWhole;

    // The rows of that buffer that may differ from 0: the first ones of 'written', or any row if this is negative.
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
            Write();
            some = null;
            writtenCount = -1;
            return weights;
        }
    }

    /// <summary>The rows of ΔW that may differ from 0, ascending; null if any may.</summary>
    public ReadOnlyMemory<int>? ActiveRows =>
        some is null ? null : (ReadOnlyMemory<int>?)active.AsMemory(0, activeCount);

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
    internal Matrix<float> Values
    {
        get
        {
            Write();
            return weights;
        }
    }

    /// <summary>
    /// The rows of ΔW that may differ from 0, one after the other and then rows of zeros; null if any row may.
    /// </summary>
    internal Matrix<float>? ActiveValues => some;

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
        some = null;
        int count = Rows.FindNonZero(left, magnitudes, active);
        if (count > weights.RowCount / LeastRowsPerActive)
        {
            left.TransposeAndMultiply(right, Weights);
            return;
        }

        int size = SmallestProduct;
        while (size < count)
        {
            size *= 2;
        }

        some = Buffer(products, size, weights.ColumnCount);
        if (count > 0)
        {
            Matrix<float> own = Buffer(factors, size, left.ColumnCount);
            Rows.Gather(left, active.AsMemory(0, count), own);
            own.TransposeAndMultiply(right, some);
        }
        else
        {
            some.Clear();
        }

        // The work that is counted is that of the rule's equation, whether or not it could be spared.
        SimdLinearAlgebraProvider.CountAskedFor(
            (weights.RowCount - (count > 0 ? (long)size : 0)) * weights.ColumnCount * left.ColumnCount
        );
        (activeCount, isWhole) = (count, false);
    }

    /// <summary>Adds factors[o] times row o of another matrix to row o of ΔW, if that row changes at all.</summary>
    /// <param name="factors">One value per row; 0 for a row that does not change.</param>
    /// <param name="other">Outputs × inputs.</param>
    public void AddScaledRows(float[] factors, Matrix<float> other)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(other);
        if (some is null)
        {
            Rows.AddScaled(weights, factors, other);
            return;
        }

        Rows.AddScaled(some, factors, other, active.AsSpan(0, activeCount));
        isWhole = false;
    }

    /// <summary>Multiplies ΔW by a number.</summary>
    public void Scale(float factor)
    {
        Matrix<float> values = some ?? weights;
        values.Multiply(factor, values);
        isWhole = false;
    }

    /// <summary>Computes the largest magnitude in ΔW.</summary>
    public float LargestMagnitude() =>
        MathF.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude<float>((some ?? weights).AsColumnMajorArray()));

    /// <summary>Computes norms[o] = ‖ΔW_o‖₂.</summary>
    /// <param name="norms">Overwritten; one value per row.</param>
    public void RowNorms(float[] norms)
    {
        ArgumentNullException.ThrowIfNull(norms);
        if (some is null)
        {
            Rows.Norms(weights, norms);
            return;
        }

        Span<float> squares = magnitudes.AsSpan(0, activeCount);
        squares.Clear();
        float[] values = some.AsColumnMajorArray();
        for (int column = 0; column < values.Length; column += some.RowCount)
        {
            Rows.AddSquares(values.AsSpan(column, activeCount), squares);
        }

        Array.Clear(norms);
        for (int r = 0; r < activeCount; r++)
        {
            norms[active[r]] = MathF.Sqrt(squares[r]);
        }
    }

    /// <summary>Takes over the change that another proposal makes to a layer of the same shape.</summary>
    public void CopyFrom(LayerProposal other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.some is { } values)
        {
            some = Buffer(products, values.RowCount, values.ColumnCount);
            values.CopyTo(some);
            other.active.CopyTo(active, 0);
            (activeCount, isWhole) = (other.activeCount, false);
        }
        else
        {
            other.weights.CopyTo(Weights);
        }

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
        some = null;
    }

    /// <summary>Writes few rows into the buffer of all rows, whose other rows become 0.</summary>
    private void Write()
    {
        if (some is null || isWhole)
        {
            return;
        }

        if (writtenCount < 0)
        {
            weights.Clear();
        }
        else
        {
            Rows.Clear(weights, written.AsSpan(0, writtenCount));
        }

        Rows.Scatter(some, active.AsMemory(0, activeCount), weights);
        active.AsSpan(0, activeCount).CopyTo(written);
        (isWhole, writtenCount) = (true, activeCount);
    }

    private static Matrix<float> Buffer(
        Dictionary<(int Rows, int Columns), Matrix<float>> buffers,
        int rows,
        int columns
    )
    {
        if (!buffers.TryGetValue((rows, columns), out Matrix<float>? buffer))
        {
            buffers[(rows, columns)] = buffer = Matrix<float>.Build.Dense(rows, columns);
        }

        return buffer;
    }
}
