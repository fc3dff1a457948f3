using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Computes the steps along a block of directions from errors and responses, column by column, and measures how much
/// the samples disagree on them.
/// </summary>
internal sealed class Factors
{
    private const int TrimmedTenth = 10;

    private readonly Estimator estimator;
    private readonly Gate gate;
    private readonly double ridge;
    private readonly StepMemory memory;
    private double disagreement;
    private int counted;

    /// <param name="estimator">How a step is estimated from the factors.</param>
    /// <param name="gate">How the variance of the factors affects the step.</param>
    /// <param name="ridge">The ridge of the least squares, as in <c>LineSearch.Solve</c>.</param>
    /// <param name="memory">Holds the results.</param>
    public Factors(Estimator estimator, Gate gate, double ridge, StepMemory memory)
    {
        (this.estimator, this.gate, this.ridge, this.memory) = (estimator, gate, ridge, memory);
    }

    /// <summary>
    /// Whether <see cref="Disagreement"/> is measured. Without it and without a gate, no variance is computed.
    /// </summary>
    public bool IsWatched { get; init; }

    /// <summary>
    /// How often a problem had to be damped more than requested, or a factor was left out because its denominator was
    /// 0.
    /// </summary>
    public int Damped { get; private set; }

    /// <summary>
    /// The mean over columns and directions of v/(f̄² + v), with v the variance of the mean step. It is 0 if all
    /// samples agree and 1 if nothing is known. Null before the first step.
    /// </summary>
    public double? Disagreement => counted > 0 ? disagreement / counted : null;

    /// <summary>Computes the steps F, directions × columns.</summary>
    /// <param name="response">S, samples × directions: how much a step of 1 along each direction changes each sample's
    /// output.</param>
    /// <param name="errors">E, samples × columns.</param>
    public Matrix<float> Of(Matrix<float> response, Matrix<float> errors) =>
        estimator == Estimator.LeastSquares ? LeastSquares(response, errors) : OfRatios(response, errors);

    /// <summary>Computes F exactly as the text writes it: one denominator serves all samples of a column.</summary>
    /// <param name="denominators">Directions × columns.</param>
    /// <param name="errors">E, samples × columns.</param>
    public Matrix<float> AsWritten(Matrix<float> denominators, Matrix<float> errors)
    {
        Matrix<float> steps = memory.Take<float>(denominators.RowCount, errors.ColumnCount);
        steps.Clear();
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
        Matrix<float> steps = LineSearch.Solve(response, errors, ridge, out int raised, memory);
        Damped += raised > 0 ? 1 : 0;

        if (!NeedsVariance)
        {
            return steps;
        }

        // The variance of a least-squares coefficient, with directions taken one by one, is σ²/Σs², where σ² is the
        // mean square of the residual.
        Matrix<float> left = memory.Difference(errors, memory.Product(response, steps));
        Vector<float> strengths = memory.Squares(response).ColumnSums(),
            remaining = memory.Squares(left).ColumnSums() / left.RowCount;
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

    /// <summary>
    /// Applies the estimator to f_i = dy_i/s_i for each direction alone, and averages over the directions.
    /// </summary>
    private Matrix<float> OfRatios(Matrix<float> response, Matrix<float> errors)
    {
        Matrix<float> steps = memory.Take<float>(response.ColumnCount, errors.ColumnCount);
        steps.Clear();
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

    /// <param name="ratios">The factors f_i of one direction; their order changes.</param>
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

    /// <summary>Returns the share of a step that remains: f̄²/(f̄² + var) with a gate, 1 without.</summary>
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
