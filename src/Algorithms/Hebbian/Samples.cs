using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Runs an operation on each sample of a batch separately.</summary>
internal static class Samples
{
    // An operation on a sample is a softmax or a ranking, which takes longer for each value than passing over it.
    private const int LeastValues = 1 << 16;

    /// <summary>An operation on one sample.</summary>
    /// <param name="work">Further data that the operation needs.</param>
    /// <param name="start">The index of the sample's first value in the column-major array of a matrix of the same
    /// size.</param>
    /// <param name="sample">The sample's values.</param>
    internal delegate void Operation<TWork>(TWork work, int start, Span<float> sample);

    /// <summary>Runs an operation on each column of a matrix, on several threads where they pay off.</summary>
    public static void ForEach<TWork>(Matrix<float> matrix, TWork work, Operation<TWork> operation) =>
        ComputeThreads.ForRanges(
            matrix.ColumnCount,
            1,
            matrix.RowCount * matrix.ColumnCount >= LeastValues,
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
