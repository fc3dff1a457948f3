namespace Reproduction.Numerics;

/// <summary>A product C ← α·op(A)·op(B) + β·C that is to be computed.</summary>
/// <param name="C">What C is a part of, from the index <paramref name="First"/> on.</param>
/// <param name="First">The index of C's first value.</param>
/// <param name="LowerHalf">Whether only the lower half of C is wanted, with its diagonal.</param>
internal readonly record struct Product(
    Operand A,
    Operand B,
    int Rows,
    int Columns,
    int Inner,
    float Alpha,
    float Beta,
    float[] C,
    int First,
    bool LowerHalf
)
{
    private const long ParallelThreshold = 1L << 20;

    /// <summary>Whether several threads pay off.</summary>
    public bool IsWorthThreads => 2L * Rows * Columns * Inner >= ParallelThreshold;
}

/// <summary>
/// An operand of a product: its value of row i of op(A), or of column i of op(B), and of inner step k lies at
/// Values[Offset + i·OuterStride + k·InnerStride]. One of the strides is 1.
/// </summary>
internal readonly record struct Operand(float[] Values, long OuterStride, long InnerStride, int Offset = 0)
{
    /// <summary>Returns where the value of an outer index and an inner step lies.</summary>
    /// <param name="values">The pinned <see cref="Values"/>.</param>
    /// <param name="outer">The row of op(A) or the column of op(B).</param>
    /// <param name="inner">The inner step.</param>
    public unsafe float* At(float* values, int outer, int inner) =>
        values + Offset + (outer * OuterStride) + (inner * InnerStride);
}
