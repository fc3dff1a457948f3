using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Providers.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class SinglePrecisionProductTests
{
    public static TheoryData<int, int, int> Shapes =>
        new()
        {
            { 1, 1, 1 },
            { 3, 5, 2 },
            { 31, 7, 9 },
            { 32, 256, 8 },
            { 33, 257, 17 },
            { 10, 300, 32 },
            { 64, 1, 64 },
            { 257, 513, 3 },
            { 300, 520, 129 },
            { 1, 600, 1 },
            { 2100, 40, 33 },
            { 20, 33, 2100 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Agrees_with_the_naive_product_for_all_transposes_alphas_and_betas(int rows, int inner, int columns)
    {
        foreach ((float alpha, float beta) in new[] { (1f, 0f), (-0.5f, 1f), (2f, 0.25f) })
        {
            for (int transposes = 0; transposes < 4; transposes++)
            {
                bool isTransposedA = (transposes & 1) != 0,
                    isTransposedB = (transposes & 2) != 0;
                float[] a = RandomMatrix.Uniform(rows, inner, 1).AsColumnMajorArray(),
                    b = RandomMatrix.Uniform(inner, columns, 2).AsColumnMajorArray();
                float[] c = RandomMatrix.Uniform(rows, columns, 3).AsColumnMajorArray();
                int rowsA = isTransposedA ? inner : rows,
                    rowsB = isTransposedB ? columns : inner;
                double[] expected = Naive(isTransposedA, isTransposedB, rows, columns, inner, alpha, a, b, beta, c);
                SimdLinearAlgebraProvider.Instance.MatrixMultiplyWithUpdate(
                    isTransposedA ? Transpose.Transpose : Transpose.DontTranspose,
                    isTransposedB ? Transpose.Transpose : Transpose.DontTranspose,
                    alpha,
                    a,
                    rowsA,
                    isTransposedA ? rows : inner,
                    b,
                    rowsB,
                    isTransposedB ? inner : columns,
                    beta,
                    c
                );
                for (int i = 0; i < c.Length; i++)
                {
                    Assert.True(
                        Math.Abs(expected[i] - c[i]) < 3e-6 * Math.Sqrt(inner) * 3,
                        $"{rows}×{inner}×{columns}, transposes {transposes}, α {alpha}, β {beta}, element "
                            + $"{i}: {expected[i]} against {c[i]}"
                    );
                }
            }
        }
    }

    [Fact]
    public void A_beta_of_zero_overwrites_whatever_was_there()
    {
        float[] c = [float.NaN, float.PositiveInfinity];
        SimdLinearAlgebraProvider.Instance.MatrixMultiplyWithUpdate(
            Transpose.DontTranspose,
            Transpose.DontTranspose,
            1f,
            [2f, 3f],
            2,
            1,
            [4f],
            1,
            1,
            0f,
            c
        );
        Assert.Equal([8f, 12f], c);
    }

    [Fact]
    public void An_alpha_of_zero_leaves_beta_times_c()
    {
        float[] c = [1f, 2f];
        SimdLinearAlgebraProvider.Instance.MatrixMultiplyWithUpdate(
            Transpose.DontTranspose,
            Transpose.DontTranspose,
            0f,
            [float.NaN, 3f],
            2,
            1,
            [4f],
            1,
            1,
            0.5f,
            c
        );
        Assert.Equal([0.5f, 1f], c);
    }

    [Theory]
    [InlineData(513, 700, 130)]
    [InlineData(64, 2000, 600)]
    [InlineData(10, 2048, 512)]
    public void The_number_of_threads_does_not_change_a_bit(int rows, int inner, int columns)
    {
        Matrix<float> a = RandomMatrix.Uniform(rows, inner, 4),
            b = RandomMatrix.Uniform(inner, columns, 5);
        float[][] results =
        [
            .. new[] { 1, 2, 3, 7 }.Select(threads =>
            {
                ComputeThreads.Count = threads;
                return (a * b).AsColumnMajorArray();
            }),
        ];
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Theory]
    [InlineData(5, 700, 1)]
    [InlineData(10, 600, 50)]
    [InlineData(16, 300, 7)]
    [InlineData(90, 700, 32)]
    [InlineData(100, 513, 60)]
    [InlineData(300, 260, 9)]
    public void Each_element_is_a_chain_of_fused_multiply_adds_in_ascending_order(int rows, int inner, int columns)
    {
        // The definition that makes results independent of the vector width and of the way through the operands,
        // written out in scalar arithmetic.
        for (int transposes = 0; transposes < 4; transposes++)
        {
            bool isTransposedA = (transposes & 1) != 0,
                isTransposedB = (transposes & 2) != 0;
            float[] a = RandomMatrix.Uniform(rows, inner, 6).AsColumnMajorArray(),
                b = RandomMatrix.Uniform(inner, columns, 7).AsColumnMajorArray(),
                c = new float[rows * columns];
            SimdLinearAlgebraProvider.Instance.MatrixMultiplyWithUpdate(
                isTransposedA ? Transpose.Transpose : Transpose.DontTranspose,
                isTransposedB ? Transpose.Transpose : Transpose.DontTranspose,
                1f,
                a,
                isTransposedA ? inner : rows,
                isTransposedA ? rows : inner,
                b,
                isTransposedB ? columns : inner,
                isTransposedB ? inner : columns,
                0f,
                c
            );
            for (int i = 0; i < c.Length; i++)
            {
                int row = i % rows,
                    column = i / rows;
                float expected = Chain(
                    inner,
                    k => isTransposedA ? a[(row * inner) + k] : a[(k * rows) + row],
                    k => isTransposedB ? b[(k * columns) + column] : b[(column * inner) + k]
                );
                Assert.True(
                    BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(c[i]),
                    $"transposes {transposes}, row {row}, column {column}: {expected:R} against {c[i]:R}"
                );
            }
        }
    }

    [Fact]
    public void Products_of_a_range_of_samples_are_those_of_the_whole()
    {
        const int samples = 700;
        Matrix<float> weights = RandomMatrix.Uniform(10, 130, 8),
            features = RandomMatrix.Uniform(130, samples, 9),
            scores = Matrix<float>.Build.Dense(10, samples),
            gradient = Matrix<float>.Build.Dense(130, 10);
        SampleRange.Multiply(weights, features, 0, 300, scores);
        SampleRange.Multiply(weights, features, 300, samples - 300, scores);
        Assert.Equal((weights * features).AsColumnMajorArray(), scores.AsColumnMajorArray());
        SampleRange.MultiplyByTranspose(features, scores, 300, gradient);
        Assert.Equal(
            features
                .SubMatrix(0, 130, 0, 300)
                .TransposeAndMultiply(scores.SubMatrix(0, 10, 0, 300))
                .AsColumnMajorArray(),
            gradient.AsColumnMajorArray()
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SampleRange.Multiply(weights, features, 300, samples - 299, scores)
        );
    }

    private static float Chain(int inner, Func<int, float> a, Func<int, float> b)
    {
        const int block = 256;
        float sum = 0;
        for (int start = 0; start < inner; start += block)
        {
            float part = 0;
            for (int k = start; k < Math.Min(start + block, inner); k++)
            {
                part = MathF.FusedMultiplyAdd(a(k), b(k), part);
            }

            sum = start == 0 ? part : part + sum;
        }

        return sum;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_multiplied_by_factors_on_the_way_have_the_bits_of_rows_multiplied_before(
        int rows,
        int inner,
        int columns
    )
    {
        Matrix<float> left = RandomMatrix.Uniform(rows, inner, 1),
            right = RandomMatrix.Uniform(inner, columns, 2),
            result = RandomMatrix.Uniform(rows, columns, 3);
        float[] factors = [.. RandomMatrix.Uniform(rows, 1, 4).AsColumnMajorArray().Select((f, o) => o < 60 ? 1f : f)];
        factors[rows / 2] = 1.5f;
        long before = SimdLinearAlgebraProvider.MultiplyAddsOfThisThread;
        ScaledProduct.Multiply(factors, left, right, result);
        Assert.Equal((long)rows * inner * columns, SimdLinearAlgebraProvider.MultiplyAddsOfThisThread - before);
        Rows.Scale(left, factors);
        Assert.Equal(left * right, result);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused_by_name()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            SimdLinearAlgebraProvider.Instance.MatrixMultiply(new float[6], 2, 3, new float[8], 4, 2, new float[4])
        );
        Assert.Contains("3 columns", exception.Message, StringComparison.Ordinal);
        Assert.Contains("4 rows", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SimdLinearAlgebraProvider.Instance.MatrixMultiply(new float[5], 2, 3, new float[6], 3, 2, new float[4])
        );
    }

    [Fact]
    public void MathNet_uses_the_provider() =>
        Assert.Contains("SIMD", LinearAlgebraControl.Provider.ToString(), StringComparison.Ordinal);

    private static double[] Naive(
        bool isTransposedA,
        bool isTransposedB,
        int rows,
        int columns,
        int inner,
        float alpha,
        float[] a,
        float[] b,
        float beta,
        float[] c
    )
    {
        double[] result = new double[rows * columns];
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum +=
                        (double)(isTransposedA ? a[(i * inner) + k] : a[(k * rows) + i])
                        * (isTransposedB ? b[(k * columns) + j] : b[(j * inner) + k]);
                }

                result[(j * rows) + i] = (alpha * sum) + (beta == 0 ? 0 : beta * c[(j * rows) + i]);
            }
        }

        return result;
    }
}
