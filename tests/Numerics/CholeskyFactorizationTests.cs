using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class CholeskyFactorizationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(65)]
    [InlineData(300)]
    public void It_solves_what_Math_NET_solves(int order)
    {
        (Matrix<double> matrix, Matrix<double> right) = System(order);
        Matrix<double> expected = matrix.LU().Solve(right),
            solution = CholeskyFactorization.TryCreate(matrix.Clone())!.Solve(right);
        Assert.True((solution - expected).InfinityNorm() <= 1e-9 * expected.InfinityNorm());
    }

    [Fact]
    public void Its_factors_are_triangular_solves_of_the_two_halves()
    {
        (Matrix<double> matrix, Matrix<double> right) = System(40);
        Matrix<double> lower = matrix.Cholesky().Factor,
            forward = right.Clone(),
            backward = right.Clone();
        CholeskyFactorization factorization = CholeskyFactorization.TryCreate(matrix.Clone())!;
        factorization.SolveLower(forward);
        factorization.SolveUpper(backward);
        Assert.True(((lower * forward) - right).InfinityNorm() < 1e-9);
        Assert.True(((lower.Transpose() * backward) - right).InfinityNorm() < 1e-9);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        (Matrix<double> matrix, Matrix<double> right) = System(700);
        double[] Solve(int threads)
        {
            ComputeThreads.Count = threads;
            return CholeskyFactorization.TryCreate(matrix.Clone())!.Solve(right).ToColumnMajorArray();
        }

        Assert.Equal(Solve(1), Solve(3));
    }

    [Theory]
    [InlineData(131)]
    [InlineData(600)]
    public void Each_element_is_a_chain_of_fused_multiply_adds_and_the_upper_half_stays(int order)
    {
        (Matrix<double> matrix, Matrix<double> right) = System(order);
        for (int column = 0; column < order; column++)
        {
            for (int row = 0; row < column; row++)
            {
                matrix[row, column] = 7;
            }
        }

        // The definition in scalar arithmetic, column by column.
        Matrix<double> expected = matrix.Clone(),
            solution = right.Clone();
        for (int k = 0; k < order; k++)
        {
            double pivot = Math.Sqrt(expected[k, k]);
            for (int i = k; i < order; i++)
            {
                expected[i, k] /= pivot;
            }

            for (int j = k + 1; j < order; j++)
            {
                for (int i = j; i < order; i++)
                {
                    expected[i, j] = Math.FusedMultiplyAdd(expected[i, k], -expected[j, k], expected[i, j]);
                }
            }
        }

        for (int c = 0; c < solution.ColumnCount; c++)
        {
            for (int k = 0; k < order; k++)
            {
                solution[k, c] /= expected[k, k];
                for (int i = k + 1; i < order; i++)
                {
                    solution[i, c] = Math.FusedMultiplyAdd(expected[i, k], -solution[k, c], solution[i, c]);
                }
            }

            for (int k = order - 1; k >= 0; k--)
            {
                for (int i = order - 1; i > k; i--)
                {
                    solution[k, c] = Math.FusedMultiplyAdd(expected[i, k], -solution[i, c], solution[k, c]);
                }

                solution[k, c] /= expected[k, k];
            }
        }

        CholeskyFactorization factorization = CholeskyFactorization.TryCreate(matrix)!;
        Assert.Equal(expected.AsColumnMajorArray(), matrix.AsColumnMajorArray());
        Assert.Equal(solution.AsColumnMajorArray(), factorization.Solve(right).AsColumnMajorArray());
    }

    [Fact]
    public void What_is_not_positive_definite_is_refused() =>
        Assert.Null(
            CholeskyFactorization.TryCreate(
                Matrix<double>.Build.DenseOfArray(
                    new double[,]
                    {
                        { 1, 2 },
                        { 2, 1 },
                    }
                )
            )
        );

    private static (Matrix<double> Matrix, Matrix<double> Right) System(int order)
    {
        Random random = new(order);
        Matrix<double> factor = Matrix<double>.Build.Dense(order, order + 5, (_, _) => random.NextDouble() - 0.5);
        return (
            (factor * factor.Transpose()) + (0.1 * Matrix<double>.Build.DenseIdentity(order)),
            Matrix<double>.Build.Dense(order, 3, (_, _) => random.NextDouble())
        );
    }
}
