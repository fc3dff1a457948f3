namespace Reproduction.Numerics;

/// <summary>
/// An operand of a product: its value of row i of op(A), or of column i of op(B), and of inner step k lies at
/// Values[Offset + i·OuterStride + k·InnerStride]. One of the strides is 1.
/// </summary>
internal readonly record struct Operand(float[] Values, long OuterStride, long InnerStride, int Offset = 0)
{
    /// <summary>
    /// What each row of op(A) is multiplied by first; null for nothing. Only op(A) may have factors, if its rows are
    /// neighbours.
    /// </summary>
    public float[]? Factors { get; init; }

    /// <summary>Returns where the value of an outer index and an inner step lies.</summary>
    /// <param name="values">The pinned <see cref="Values"/>.</param>
    /// <param name="outer">The row of op(A) or the column of op(B).</param>
    /// <param name="inner">The inner step.</param>
    public unsafe float* At(float* values, int outer, int inner) =>
        values + Offset + (outer * OuterStride) + (inner * InnerStride);
}
