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
    private const long ParallelThreshold = 1L << 24;

    /// <summary>Whether several threads pay off.</summary>
    public bool IsWorthThreads => 2L * Rows * Columns * Inner >= ParallelThreshold;
}
