using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class SecondMomentsTests
{
    [Theory]
    [InlineData(3, 7)]
    [InlineData(60, 300)]
    [InlineData(600, 300)]
    public void The_lower_half_has_the_bits_of_the_whole_product_and_the_upper_half_stays(int features, int samples)
    {
        Matrix<float> f = RandomMatrix.Uniform(features, samples, 1),
            product = f.TransposeAndMultiply(f);
        Matrix<double> sum = Matrix<double>.Build.Dense(features, features, (i, j) => i < j ? 5 : 0);
        SecondMoments.AddLowerHalf(sum, f);
        Assert.All(
            sum.EnumerateIndexed(),
            value => Assert.Equal(value.Item1 < value.Item2 ? 5 : product[value.Item1, value.Item2], value.Item3)
        );
    }

    [Fact]
    public void Over_many_samples_they_are_symmetric_and_near_double_precision()
    {
        Matrix<float> f = RandomMatrix.Uniform(40, 4100, 2);
        Matrix<double> moments = SecondMoments.Of(f),
            exact = f.ToDouble();
        exact = exact.TransposeAndMultiply(exact);
        Assert.Equal(moments.Transpose(), moments);
        Assert.True((moments - exact).InfinityNorm() < 1e-5 * exact.InfinityNorm());
    }
}
