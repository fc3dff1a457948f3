using Reproduction.Evaluation.Training;

namespace Reproduction.Tests.Evaluation;

public class GiniTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void A_share_p_of_zeros_among_equal_values_has_coefficient_p(int zeros)
    {
        double[] values = [.. Enumerable.Repeat(0.0, zeros), .. Enumerable.Repeat(2.5, 10 - zeros)];
        Assert.Equal(zeros / 10.0, Gini.Coefficient(values), 1e-12);
    }

    [Fact]
    public void It_is_the_double_sum_of_its_definition()
    {
        double[] values = [.. Enumerable.Range(0, 57).Select(i => new Random(i).NextDouble())];
        double sum = values.SelectMany(_ => values, (a, b) => Math.Abs(a - b)).Sum();
        Assert.Equal(sum / (2.0 * 57 * 57 * values.Average()), Gini.Coefficient(values), 1e-12);
        Assert.Equal(Gini.Coefficient(values), Gini.Coefficient([.. values.Select(value => 1000 * value)]), 1e-12);
    }

    [Fact]
    public void Nothing_but_zeros_is_no_inequality() => Assert.Equal(0, Gini.Coefficient([0, 0, 0]));
}
