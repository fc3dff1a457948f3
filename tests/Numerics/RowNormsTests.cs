using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class RowNormsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 13)]
    [InlineData(300, 500)]
    public void Norms_and_scaling_agree_with_the_definition(int rows, int columns)
    {
        Matrix<float> matrix = RandomMatrix.Uniform(rows, columns, 1), original = matrix.Clone();
        float[] norms = new float[rows];
        RowNorms.Compute(matrix, norms);
        for (int o = 0; o < rows; o++)
        {
            Assert.Equal(Math.Sqrt(original.Row(o).Sum(value => (double)value * value)), norms[o], 1e-4);
        }

        RowNorms.Scale(matrix, norms);
        Assert.Equal(original[rows - 1, columns - 1] * norms[^1], matrix[rows - 1, columns - 1]);
        Assert.Equal(original[0, 0] * norms[0], matrix[0, 0]);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        Matrix<float> matrix = RandomMatrix.Uniform(1000, 300, 2);
        float[][] results = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            ComputeThreads.Count = threads;
            float[] norms = new float[1000];
            RowNorms.Compute(matrix, norms);
            return norms;
        })];
        Assert.All(results, result => Assert.Equal(results[0], result));
    }
}
