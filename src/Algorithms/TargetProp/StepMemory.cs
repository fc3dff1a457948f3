using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// The matrices of a training step. They are handed out again at the next step, because fresh memory of their size
/// costs more time, for clearing it, than what is computed in it.
/// </summary>
internal sealed class StepMemory
{
    private readonly Dictionary<(Type Element, int Rows, int Columns), Pool> pools = [];

    /// <summary>Takes back all matrices, whose content is undefined from then on.</summary>
    public void Reset()
    {
        foreach (Pool pool in pools.Values)
        {
            pool.Taken = 0;
        }
    }

    /// <summary>Hands out a matrix of undefined content until the next <see cref="Reset"/>.</summary>
    public Matrix<T> Take<T>(int rows, int columns)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        (Type, int, int) key = (typeof(T), rows, columns);
        if (!pools.TryGetValue(key, out Pool? pool))
        {
            pools[key] = pool = new Pool();
        }

        if (pool.Taken == pool.Matrices.Count)
        {
            // NaN, so that what reads a matrix before it is written is noticed.
            pool.Matrices.Add(Matrix<T>.Build.Dense(rows, columns, T.NaN));
        }

        return (Matrix<T>)pool.Matrices[pool.Taken++];
    }

    /// <summary>AB.</summary>
    public Matrix<T> Product<T>(Matrix<T> a, Matrix<T> b)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> result = Take<T>(a.RowCount, b.ColumnCount);
        a.Multiply(b, result);
        return result;
    }

    /// <summary>AᵀB.</summary>
    public Matrix<T> ProductOfTranspose<T>(Matrix<T> a, Matrix<T> b)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> result = Take<T>(a.ColumnCount, b.ColumnCount);
        a.TransposeThisAndMultiply(b, result);
        return result;
    }

    /// <summary>Aᵀ.</summary>
    public Matrix<T> Transpose<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> result = Take<T>(a.ColumnCount, a.RowCount);
        a.Transpose(result);
        return result;
    }

    /// <summary>A + B.</summary>
    public Matrix<T> Sum<T>(Matrix<T> a, Matrix<T> b)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> result = Take<T>(a.RowCount, a.ColumnCount);
        a.Add(b, result);
        return result;
    }

    /// <summary>A − B.</summary>
    public Matrix<T> Difference<T>(Matrix<T> a, Matrix<T> b)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> result = Take<T>(a.RowCount, a.ColumnCount);
        a.Subtract(b, result);
        return result;
    }

    /// <summary>A with every value squared.</summary>
    public Matrix<T> Squares<T>(Matrix<T> a)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> result = Take<T>(a.RowCount, a.ColumnCount);
        a.PointwiseMultiply(a, result);
        return result;
    }

    private sealed class Pool
    {
        public List<object> Matrices { get; } = [];

        public int Taken { get; set; }
    }
}
