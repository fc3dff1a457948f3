using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Work on the samples of a batch, each alone.</summary>
internal static class Samples
{
    private const int ParallelThreshold = 1 << 14;

    /// <summary>What is done to a sample.</summary>
    /// <param name="work">What else it needs.</param>
    /// <param name="start">Where the sample begins in a matrix of that size.</param>
    /// <param name="sample">Its values.</param>
    internal delegate void Operation<TWork>(TWork work, int start, Span<float> sample);

    /// <summary>Does it to each column of a matrix, on several threads where they pay.</summary>
    public static void ForEach<TWork>(Matrix<float> matrix, TWork work, Operation<TWork> operation) =>
        ComputeThreads.ForRanges(
            matrix.ColumnCount,
            1,
            matrix.RowCount * matrix.ColumnCount >= ParallelThreshold,
            (matrix, work, operation),
            static (all, first, last) =>
            {
                int units = all.matrix.RowCount;
                for (int sample = first; sample < last; sample++)
                {
                    all.operation(
                        all.work,
                        sample * units,
                        all.matrix.AsColumnMajorArray().AsSpan(sample * units, units)
                    );
                }
            }
        );
}
