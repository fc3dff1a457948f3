using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// The sum of ffᵀ over samples, and its Cholesky factor, in the room of one square matrix: the sum is above the
/// diagonal, the sum of the newest samples or a factor below. (At 8192 features a square is half a gigabyte.)
/// </summary>
internal sealed class GramMatrix(int dimension)
{
    private readonly Matrix<double> square = Matrix<double>.Build.Dense(dimension, dimension);
    private readonly double[] diagonal = new double[dimension];

    /// <summary>Begins the sum of the newest samples, where a factor may have been.</summary>
    public void Begin()
    {
        for (int j = 0; j < dimension; j++)
        {
            square.AsColumnMajorArray().AsSpan(j * (dimension + 1), dimension - j).Clear();
        }
    }

    /// <summary>Adds ffᵀ of some samples to the sum of the newest samples, which <see cref="Begin"/> began.</summary>
    /// <param name="features">Features × samples.</param>
    public void Add(Matrix<float> features) => SecondMoments.AddLowerHalf(square, features);

    /// <summary>Adds the sum of the newest samples to the whole sum.</summary>
    public void Keep()
    {
        double[] values = square.AsColumnMajorArray();
        Triangles.ForColumns(
            dimension,
            (row, column, end) =>
            {
                for (int i = row; i < end; i++)
                {
                    values[(i * dimension) + column] += values[(column * dimension) + i];
                }
            }
        );
        for (int i = 0; i < dimension; i++)
        {
            diagonal[i] += values[i * (dimension + 1)];
        }
    }

    /// <summary>Factors Σ ffᵀ − n·mmᵀ + λI.</summary>
    /// <param name="count">n, the number of samples.</param>
    /// <param name="mean">m, the mean of each feature.</param>
    /// <param name="penalty">λ.</param>
    /// <returns>The factor, which the next call overwrites; null if rounding makes the matrix indefinite.</returns>
    public CholeskyFactorization? TryFactor(double count, double[] mean, double penalty)
    {
        double[] values = square.AsColumnMajorArray();
        Triangles.ForColumns(
            dimension,
            (row, column, end) =>
            {
                for (int i = row; i < end; i++)
                {
                    values[(column * dimension) + i] =
                        values[(i * dimension) + column] - (count * mean[i] * mean[column]);
                }
            }
        );
        for (int i = 0; i < dimension; i++)
        {
            values[i * (dimension + 1)] = diagonal[i] - (count * mean[i] * mean[i]) + penalty;
        }

        return CholeskyFactorization.TryCreate(square);
    }
}
