using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// The steps along a block of directions that an estimator makes of errors and responses, column by column, and how
/// much the samples disagreed on them.
/// </summary>
internal sealed class Factors
{
    private const int TrimmedTenth = 10;

    private readonly Estimator estimator;
    private readonly Gate gate;
    private readonly double ridge;
    private double disagreement;
    private int counted;

    /// <param name="estimator">What is made of the factors.</param>
    /// <param name="gate">What is made of their variance.</param>
    /// <param name="ridge">Of the least squares.</param>
    public Factors(Estimator estimator, Gate gate, double ridge)
    {
        (this.estimator, this.gate, this.ridge) = (estimator, gate, ridge);
    }

    /// <summary>
    /// Whether <see cref="Disagreement"/> is wanted; where it is not and there is no gate, no variance is computed.
    /// </summary>
    public bool IsWatched { get; init; }

    /// <summary>
    /// How often a problem had to be damped more than asked for, or a factor had a denominator of 0 and was left out.
    /// </summary>
    public int Damped { get; private set; }

    /// <summary>
    /// Mean over columns and directions of v/(f̄² + v), v the variance of the mean step: 0 where all samples agree, 1
    /// where nothing is known. Null before any step.
    /// </summary>
    public double? Disagreement => counted > 0 ? disagreement / counted : null;

    /// <summary>F, directions × columns.</summary>
    /// <param name="response">S, samples × directions: what a step of 1 along each direction changes each sample's
    /// output by.</param>
    /// <param name="errors">E, samples × columns.</param>
    public Matrix<float> Of(Matrix<float> response, Matrix<float> errors) =>
        estimator == Estimator.LeastSquares ? LeastSquares(response, errors) : OfRatios(response, errors);

    /// <summary>F by the letter of the text: the denominator is one number for all samples of a column.</summary>
    /// <param name="denominators">Directions × columns.</param>
    /// <param name="errors">E, samples × columns.</param>
    public Matrix<float> AsWritten(Matrix<float> denominators, Matrix<float> errors)
    {
        Matrix<float> steps = Matrix<float>.Build.Dense(denominators.RowCount, errors.ColumnCount);
        for (int column = 0; column < errors.ColumnCount; column++)
        {
            double[] wanted = [.. errors.Column(column).Select(error => (double)error)];
            double mean = ArrayStatistics.Mean(wanted),
                variance = wanted.Length > 1
                    ? ArrayStatistics.Variance(wanted) / wanted.Length
                    : double.PositiveInfinity;
            for (int direction = 0; direction < denominators.RowCount; direction++)
            {
                double denominator = denominators[direction, column],
                    step = mean / denominator;
                if (double.IsFinite(step))
                {
                    steps[direction, column] = (float)(
                        step * Gated(step, variance / (denominator * denominator)) / denominators.RowCount
                    );
                }
                else
                {
                    Damped++;
                }
            }
        }

        return steps;
    }

    private bool NeedsVariance => IsWatched || gate == Gate.Variance;

    private Matrix<float> LeastSquares(Matrix<float> response, Matrix<float> errors)
    {
        Matrix<float> steps = LineSearch.Solve(response, errors, ridge, out int raised);
        Damped += raised > 0 ? 1 : 0;

        if (!NeedsVariance)
        {
            return steps;
        }

        // The variance of a least-squares coefficient, its directions taken one by one: σ²/Σs², σ² the mean square of
        // what is left.
        Matrix<float> left = errors - (response * steps);
        Vector<float> strengths = response.PointwiseMultiply(response).ColumnSums(),
            remaining = left.PointwiseMultiply(left).ColumnSums() / left.RowCount;
        for (int column = 0; column < steps.ColumnCount; column++)
        {
            for (int direction = 0; direction < steps.RowCount; direction++)
            {
                steps[direction, column] *= (float)Gated(
                    steps[direction, column],
                    (double)remaining[column] / strengths[direction]
                );
            }
        }

        return steps;
    }

    /// <summary>The mean over directions, each taken alone, of what the estimator makes of f_i = dy_i/s_i.</summary>
    private Matrix<float> OfRatios(Matrix<float> response, Matrix<float> errors)
    {
        Matrix<float> steps = Matrix<float>.Build.Dense(response.ColumnCount, errors.ColumnCount);
        float[] responses = response.AsColumnMajorArray(),
            wanted = errors.AsColumnMajorArray();
        int samples = errors.RowCount;
        double[] ratios = new double[samples];
        for (int column = 0; column < errors.ColumnCount; column++)
        {
            for (int direction = 0; direction < response.ColumnCount; direction++)
            {
                int count = 0;
                for (int sample = 0; sample < samples; sample++)
                {
                    double ratio =
                        (double)wanted[(column * samples) + sample] / responses[(direction * samples) + sample];
                    if (double.IsFinite(ratio))
                    {
                        ratios[count++] = ratio;
                    }
                }

                Damped += count < samples ? 1 : 0;
                if (count > 0)
                {
                    double[] usable = count < samples ? ratios[..count] : ratios;
                    double variance = NeedsVariance && count > 1
                            ? ArrayStatistics.Variance(usable) / count
                            : double.PositiveInfinity,
                        step = Estimate(usable);
                    steps[direction, column] = (float)(step * Gated(step, variance) / response.ColumnCount);
                }
            }
        }

        return steps;
    }

    /// <param name="ratios">In another order on return.</param>
    private double Estimate(double[] ratios)
    {
        if (estimator == Estimator.Median)
        {
            return ArrayStatistics.MedianInplace(ratios);
        }

        if (estimator != Estimator.Trimmed)
        {
            return ArrayStatistics.Mean(ratios);
        }

        Array.Sort(ratios);
        int cut = ratios.Length / TrimmedTenth;
        return ArrayStatistics.Mean(ratios[cut..^cut]);
    }

    /// <summary>What is left of a step: f̄²/(f̄² + var), or all of it.</summary>
    private double Gated(double step, double variance)
    {
        if (!NeedsVariance)
        {
            return 1;
        }

        double disagree = step == 0 ? 1 : variance / ((step * step) + variance);
        disagree = double.IsFinite(disagree) ? disagree : 1;
        disagreement += disagree;
        counted++;
        return gate == Gate.Variance ? 1 - disagree : 1;
    }
}
