using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Numerics;

namespace Reproduction.Tests.Algorithms;

/// <summary>Compares the steps along directions, and the directions, with numbers worked out by hand.</summary>
public class FactorsTests
{
    private static readonly Matrix<float> Errors = Matrix<float>.Build.Dense(3, 1, [1f, 3f, 2f]);

    [Fact]
    public void As_written_divides_the_mean_error_by_each_denominator_and_by_the_number_of_directions()
    {
        // The mean error is 2 and its variance 1/3. By ½ the step is 4 and its variance 4/3; by 2 they are 1 and 1/12.
        // The gate leaves 16/(16 + 4/3) and 1/(1 + 1/12), which are both 12/13.
        Matrix<float> denominators = Matrix<float>.Build.Dense(2, 1, [0.5f, 2f]);
        Factors open = new(Estimator.AsWritten, Gate.None, 0, new StepMemory()),
            gated = new(Estimator.AsWritten, Gate.Variance, 0, new StepMemory());
        AssertEqual([2, 0.5], open.AsWritten(denominators, Errors));
        AssertEqual([24 / 13.0, 6 / 13.0], gated.AsWritten(denominators, Errors));
        Assert.Null(open.Disagreement);
        Assert.Equal(1 / 13.0, gated.Disagreement!.Value, 1e-6);
        Assert.Equal(0, gated.Damped);
    }

    [Fact]
    public void As_written_a_denominator_of_0_gives_no_step_and_is_counted()
    {
        Factors factors = new(Estimator.AsWritten, Gate.None, 0, new StepMemory());
        AssertEqual([0, 1], factors.AsWritten(Matrix<float>.Build.Dense(2, 1, [0f, 1f]), Errors));
        Assert.Equal(1, factors.Damped);
    }

    [Fact]
    public void One_sample_alone_agrees_with_nobody()
    {
        Matrix<float> one = Matrix<float>.Build.Dense(1, 1, 1f);
        foreach (Estimator estimator in new[] { Estimator.AsWritten, Estimator.Mean })
        {
            Factors gated = new(estimator, Gate.Variance, 0, new StepMemory());
            AssertEqual([0], estimator == Estimator.Mean ? gated.Of(one, one) : gated.AsWritten(one, one));
            Assert.Equal(1, gated.Disagreement);
        }
    }

    [Fact]
    public void The_gate_of_least_squares_has_the_variance_of_the_coefficient()
    {
        // With responses of 1 the step is 2, the residuals −1, 1, 0 have a mean square of 2/3, and Σs² = 3.
        Matrix<float> response = Matrix<float>.Build.Dense(3, 1, 1f);
        Factors open = new(Estimator.LeastSquares, Gate.None, 0, new StepMemory()),
            watched = new(Estimator.LeastSquares, Gate.None, 0, new StepMemory()) { IsWatched = true },
            gated = new(Estimator.LeastSquares, Gate.Variance, 0, new StepMemory());
        AssertEqual([2], open.Of(response, Errors));
        AssertEqual([2], watched.Of(response, Errors));
        AssertEqual([2 * 4 / (4 + (2 / 9.0))], gated.Of(response, Errors));
        Assert.Null(open.Disagreement);
        Assert.Equal(2 / 9.0 / (4 + (2 / 9.0)), watched.Disagreement!.Value, 1e-6);
        Assert.Equal(0, open.Damped);

        // In a second column all samples agree: the mean of the disagreements is half that of the first.
        Factors both = new(Estimator.LeastSquares, Gate.Variance, 0, new StepMemory());
        AssertEqual(
            [2 * 4 / (4 + (2 / 9.0)), 5],
            both.Of(response, Errors.Append(Matrix<float>.Build.Dense(3, 1, 5f)))
        );
        Assert.Equal(1 / 9.0 / (4 + (2 / 9.0)), both.Disagreement!.Value, 1e-6);
    }

    [Fact]
    public void Ratios_leave_out_samples_that_a_direction_does_not_move()
    {
        // Column by column, wanted over response: 2, 2 and 4, 6 along the first direction; along the second the first
        // sample does not move, and 4/1 and 12/1 are left. Each step is shared by two directions.
        Matrix<float> response = Matrix<float>.Build.Dense(2, 2, [1f, 2f, 0f, 1f]),
            wanted = Matrix<float>.Build.Dense(2, 2, [2f, 4f, 4f, 12f]);
        Factors factors = new(Estimator.Mean, Gate.None, 0, new StepMemory());
        AssertEqual([1, 2, 2.5, 6], factors.Of(response, wanted));
        Assert.Equal(2, factors.Damped);
        Factors whole = new(Estimator.Mean, Gate.None, 0, new StepMemory());
        AssertEqual([2], whole.Of(response.SubMatrix(0, 2, 0, 1), wanted.SubMatrix(0, 2, 0, 1)));
        Assert.Equal(0, whole.Damped);
    }

    [Fact]
    public void The_ridge_is_a_share_of_the_mean_squared_response()
    {
        // SᵀS is diag(5, 4), so a ridge of 1 adds 4.5 to both. SᵀE is (5, 6).
        Matrix<double> response = Matrix<double>.Build.Dense(3, 2, [1.0, 2, 0, 0, 0, 2]),
            wanted = Matrix<double>.Build.Dense(3, 1, [1.0, 2, 3]);
        Matrix<double> steps = LineSearch.Solve(response, wanted, 1, out int raised);
        Assert.Equal(5 / 9.5, steps[0, 0], 1e-12);
        Assert.Equal(6 / 8.5, steps[1, 0], 1e-12);
        Assert.Equal(0, raised);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Directions_without_a_finite_response_are_not_stepped_along(float response)
    {
        Matrix<float> steps = LineSearch.Solve(Matrix<float>.Build.Dense(3, 2, response), Errors, 0, out int raised);
        AssertEqual([0, 0], steps);
        Assert.Equal(1, raised);
        Factors factors = new(Estimator.LeastSquares, Gate.None, 0, new StepMemory());
        factors.Of(Matrix<float>.Build.Dense(3, 2, response), Errors);
        Assert.Equal(1, factors.Damped);
    }

    [Fact]
    public void Rademacher_directions_have_entries_of_1_and_minus_1()
    {
        Matrix<float> block = Drawn(DirectionDraw.Rademacher, Matrix<float>.Build.Dense(40, 1), Errors);
        Assert.All(block.AsColumnMajorArray(), value => Assert.Equal(1, MathF.Abs(value)));
        Assert.InRange(block.AsColumnMajorArray().Count(value => value > 0), 500, 1100);
    }

    [Fact]
    public void Directions_from_data_lie_where_the_errors_pull()
    {
        // With one neuron, X·Eᵀ is one vector: (1, 4) for these inputs. All directions are along it, of length 1.
        Matrix<float> inputs = Matrix<float>.Build.Dense(2, 2, [1f, 1f, 0f, 1.5f]),
            errors = Matrix<float>.Build.Dense(1, 2, [1f, 2f]);
        Matrix<float> block = Drawn(DirectionDraw.Data, inputs, errors);
        for (int k = 0; k < block.ColumnCount; k++)
        {
            Assert.Equal(1 / Math.Sqrt(17), Math.Abs(block[0, k]), 1e-6);
            Assert.Equal(4, block[1, k] / block[0, k], 1e-5);
        }
    }

    private static Matrix<float> Drawn(DirectionDraw draw, Matrix<float> inputs, Matrix<float> errors) =>
        DirectionBlock.Draw(draw, 40, inputs, errors, [], RandomStream.Create(1, "direction"), new StepMemory());

    private static void AssertEqual(double[] expected, Matrix<float> actual)
    {
        float[] values = actual.AsColumnMajorArray();
        Assert.Equal(expected.Length, values.Length);
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
