using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class RowsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 13)]
    [InlineData(10, 2048)]
    [InlineData(16, 3)]
    [InlineData(17, 100)]
    [InlineData(100, 9)]
    [InlineData(300, 500)]
    public void Norms_and_scaling_agree_with_the_definition(int rows, int columns)
    {
        Matrix<float> matrix = RandomMatrix.Uniform(rows, columns, 1),
            original = matrix.Clone();
        float[] norms = new float[rows];
        Rows.Norms(matrix, norms);
        for (int o = 0; o < rows; o++)
        {
            Assert.Equal(Math.Sqrt(original.Row(o).Sum(value => (double)value * value)), norms[o], 1e-4);
        }

        Rows.Scale(matrix, norms);
        Assert.Equal(original[rows - 1, columns - 1] * norms[^1], matrix[rows - 1, columns - 1]);
        Assert.Equal(original[0, 0] * norms[0], matrix[0, 0]);

        Rows.AddScaled(matrix, norms, original);
        Assert.All(
            Enumerable.Range(0, rows * columns),
            i => Assert.Equal(2 * original[i % rows, i / rows] * norms[i % rows], matrix[i % rows, i / rows])
        );
    }

    [Fact]
    public void Sums_run_over_the_columns_in_order_however_many_rows_there_are()
    {
        // Whether a row is among few or among many, not a bit of its norm may differ.
        Matrix<float> many = RandomMatrix.Uniform(300, 500, 3);
        float[] norms = new float[300];
        Rows.Norms(many, norms);
        foreach (int rows in new[] { 1, 10, 16, 17 })
        {
            float[] few = new float[rows];
            Rows.Norms(many.SubMatrix(0, rows, 0, 500), few);
            Assert.Equal(norms[..rows], few);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4000)]
    public void Some_rows_are_copied_there_and_back(int columns)
    {
        Matrix<float> from = RandomMatrix.Uniform(9, columns, 1),
            block = RandomMatrix.Uniform(5, columns, 2),
            to = Matrix<float>.Build.Dense(9, columns);
        Rows.Gather(from, new[] { 7, -1, 2 }, block);
        Assert.Equal(from.Row(7), block.Row(0));
        Assert.Equal(from.Row(2), block.Row(2));
        Assert.All(new[] { 1, 3, 4 }, r => Assert.All(block.Row(r), value => Assert.Equal(0, value)));
        Rows.Scatter(block, new[] { 4, 0 }, to);
        Assert.Equal(from.Row(7), to.Row(4));
        Assert.All(Enumerable.Range(5, 4).Append(1), o => Assert.All(to.Row(o), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        Matrix<float> matrix = RandomMatrix.Uniform(1000, 300, 2);
        float[][] results =
        [
            .. new[] { 1, 2, 5 }.Select(threads =>
            {
                ComputeThreads.Count = threads;
                float[] norms = new float[1000];
                Rows.Norms(matrix, norms);
                return norms;
            }),
        ];
        Assert.All(results, result => Assert.Equal(results[0], result));
    }
}
