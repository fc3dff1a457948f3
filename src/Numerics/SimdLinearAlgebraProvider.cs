using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace Reproduction.Numerics;

/// <summary>
/// Math.NET's managed provider with its single-precision matrix product replaced by
/// <see cref="SinglePrecisionProduct"/>.
/// </summary>
/// <remarks>
/// Install it before anything else touches Math.NET: the first read of <see cref="LinearAlgebraControl.Provider"/>
/// probes for native providers.
/// </remarks>
public sealed class SimdLinearAlgebraProvider
    : ILinearAlgebraProvider,
        IManagedByDefault<float>,
        IManagedByDefault<double>,
        IManagedByDefault<Complex>,
        IManagedByDefault<Complex32>
{
    [ThreadStatic]
    private static long multiplyAdds;

    private SimdLinearAlgebraProvider() { }

    /// <summary>
    /// The multiply-adds of all single-precision products that this thread has asked for, whoever computed them.
    /// </summary>
    public static long MultiplyAddsOfThisThread => multiplyAdds;

    /// <summary>Counts multiply-adds that were asked for and computed in a shorter way, as for rows of zeros.</summary>
    public static void CountAskedFor(long count) => multiplyAdds += count;

    public static SimdLinearAlgebraProvider Instance { get; } = new();

    /// <summary>
    /// Makes this the provider of all dense linear algebra in the process. Calling it again does nothing.
    /// </summary>
    public static void Install()
    {
        AppSwitches.DisableNativeProviders = true;
        LinearAlgebraControl.Provider = Instance;
    }

    /// <inheritdoc/>
    public void MatrixMultiply(
        float[] x,
        int rowsX,
        int columnsX,
        float[] y,
        int rowsY,
        int columnsY,
        float[] result
    ) =>
        MatrixMultiplyWithUpdate(
            Transpose.DontTranspose,
            Transpose.DontTranspose,
            1f,
            x,
            rowsX,
            columnsX,
            y,
            rowsY,
            columnsY,
            0f,
            result
        );

    /// <inheritdoc/>
    public void MatrixMultiplyWithUpdate(
        Transpose transposeA,
        Transpose transposeB,
        float alpha,
        float[] a,
        int rowsA,
        int columnsA,
        float[] b,
        int rowsB,
        int columnsB,
        float beta,
        float[] c
    )
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(c);
        bool isTransposedA = transposeA != Transpose.DontTranspose;
        bool isTransposedB = transposeB != Transpose.DontTranspose;
        int rows = isTransposedA ? columnsA : rowsA;
        int inner = isTransposedA ? rowsA : columnsA;
        int innerB = isTransposedB ? columnsB : rowsB;
        int columns = isTransposedB ? rowsB : columnsB;
        RequireLength(a, rowsA, columnsA, nameof(a));
        RequireLength(b, rowsB, columnsB, nameof(b));
        RequireLength(c, rows, columns, nameof(c));
        if (inner != innerB)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rowsB),
                $"op(A) has {inner} columns and op(B) has {innerB} rows; a product needs them equal."
            );
        }

        multiplyAdds += (long)rows * columns * inner;
        SinglePrecisionProduct.Multiply(
            rows,
            columns,
            inner,
            alpha,
            isTransposedA ? new Operand(a, rowsA, 1) : new Operand(a, 1, rowsA),
            isTransposedB ? new Operand(b, 1, rowsB) : new Operand(b, rowsB, 1),
            beta,
            c
        );
    }

    /// <inheritdoc/>
    public void PointWiseMultiplyArrays(float[] x, float[] y, float[] result)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, x.Length);
        ComputeThreads.ForRanges(
            x.Length,
            1024,
            x.Length >= ComputeThreads.LeastValues,
            (x, y, result),
            static (work, start, end) =>
                TensorPrimitives.Multiply(
                    work.x.AsSpan(start, end - start),
                    work.y.AsSpan(start, end - start),
                    work.result.AsSpan(start, end - start)
                )
        );
    }

    /// <inheritdoc/>
    public bool IsAvailable() => true;

    /// <inheritdoc/>
    public void InitializeVerify() { }

    /// <inheritdoc/>
    public void FreeResources() { }

    /// <summary>Describes the arithmetic for a run's provenance, including the vector width in use.</summary>
    public override string ToString() =>
        $"SIMD ({Tiles.VectorBits}-bit float "
        + $"kernel{(Tiles.HasFusedMultiplyAdd ? "" : ", fused multiply-add in software")}, "
        + "otherwise Math.NET managed)";

    private static void RequireLength(float[] values, int rows, int columns, string name)
    {
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentOutOfRangeException(
                name,
                $"{rows}×{columns} needs {(long)rows * columns} values, got {values.Length}."
            );
        }
    }
}
