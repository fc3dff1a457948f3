using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>How the entries of a rule's own parameter are drawn, each independently of the others.</summary>
public sealed class ParameterDraw
{
    private readonly Action<Matrix<float>, Func<RandomStream>> fill;

    private ParameterDraw(Action<Matrix<float>, Func<RandomStream>> fill)
    {
        this.fill = fill;
    }

    /// <summary>All entries are 0. Nothing is drawn.</summary>
    public static ParameterDraw Zero { get; } = new((_, _) => { });

    /// <summary>Entries are 1 on the diagonal and 0 elsewhere. Nothing is drawn.</summary>
    public static ParameterDraw Identity { get; } =
        new(
            (matrix, _) =>
            {
                for (int i = 0; i < Math.Min(matrix.RowCount, matrix.ColumnCount); i++)
                {
                    matrix[i, i] = 1f;
                }
            }
        );

    /// <summary>Entries from N(0, σ²).</summary>
    /// <param name="deviation">σ ≥ 0.</param>
    public static ParameterDraw Normal(double deviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviation);
        return new((matrix, random) => random().FillNormal(matrix.AsColumnMajorArray(), deviation));
    }

    /// <summary>Entries uniform between −bound and +bound.</summary>
    /// <param name="bound">At least 0.</param>
    public static ParameterDraw Uniform(double bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bound);
        return new(
            (matrix, random) =>
            {
                float[] values = matrix.AsColumnMajorArray();
                RandomStream stream = random();
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(((2 * stream.NextDouble()) - 1) * bound);
                }
            }
        );
    }

    /// <summary>Draws all entries of a parameter, in column-major order.</summary>
    /// <param name="random">Opens the stream; it is not called if nothing is drawn.</param>
    internal void Fill(Matrix<float> matrix, Func<RandomStream> random) => fill(matrix, random);
}
