using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Multinomial logistic regression on standardised features. L-BFGS minimises mean cross-entropy + λ/2·‖W‖² to a
/// gradient tolerance; the intercept is not penalised. λ is chosen on the last training samples; the fit is then
/// repeated on all training samples.
/// </summary>
public sealed class SoftmaxProbe : IHonestProbe
{
    private const double GradientTolerance = 1e-4;
    private const int MaximumIterations = 2000;
    private const int Memory = 10;
    private static readonly double[] Penalties = [1e-2, 1e-3, 1e-4, 1e-5];

    /// <inheritdoc/>
    public string Id => "softmax";

    /// <inheritdoc/>
    public FittedProbe Fit(TrainingFeatures training, RandomStreams random, CancellationToken cancellation = default)
    {
        Features samples = training.All;
        int fitCount = training.FitCount;
        Standardization standardization = Standardization.Of(samples.Values, fitCount);
        CholeskyFactorization coordinates = CrossEntropyObjective.Coordinates(samples, standardization, fitCount);
        CrossEntropyObjective fit = new(samples, standardization, fitCount, coordinates);
        double best = -1,
            chosen = 0;
        Vector<double> point = fit.Origin,
            start = point;
        foreach (double penalty in Penalties)
        {
            // From the strongest penalty to the weakest: each solution is the starting point of the next.
            point = Minimize(fit, penalty, point, cancellation).Point;
            double accuracy = fit.ToProbe(point).Predict(samples, fitCount, samples.Count).Accuracy;
            if (accuracy > best)
            {
                (best, chosen, start) = (accuracy, penalty, point);
            }
        }

        CrossEntropyObjective all = new(samples, standardization, samples.Count, coordinates);
        (Vector<double> solution, double gradient) = Minimize(all, chosen, start, cancellation);
        return all.ToProbe(solution) with
        {
            Details = new Dictionary<string, double>
            {
                ["penalty"] = chosen,
                ["penaltyAtEdge"] = chosen == Penalties[0] || chosen == Penalties[^1] ? 1 : 0,
                ["validationAccuracy"] = best,
                ["gradientNorm"] = gradient,
                ["converged"] = gradient <= GradientTolerance ? 1 : 0,
            },
        };
    }

    /// <returns>The first point whose gradient is within the tolerance, or else the point with the lowest value; and
    /// the largest absolute component of the gradient there.</returns>
    private static (Vector<double> Point, double Gradient) Minimize(
        CrossEntropyObjective objective,
        double penalty,
        Vector<double> start,
        CancellationToken cancellation
    )
    {
        (double Value, Vector<double> Point, double Gradient) best = (
            double.PositiveInfinity,
            start,
            double.PositiveInfinity
        );
        IObjectiveFunction function = ObjectiveFunction.Gradient(point =>
        {
            cancellation.ThrowIfCancellationRequested();
            (double value, Vector<double> gradient, double steepness) = objective.Evaluate(point, penalty);
            if (value < best.Value)
            {
                best = (value, point.Clone(), steepness);
            }

            // The tolerance is for the gradient in W; a gradient of zeros tells the minimizer that it is done.
            return (value, steepness <= GradientTolerance ? gradient * 0 : gradient);
        });
        try
        {
            new LimitedMemoryBfgsMinimizer(
                GradientTolerance / 10,
                parameterTolerance: 0,
                functionProgressTolerance: 0,
                Memory,
                MaximumIterations
            ).FindMinimum(function, start);
        }
        catch (OptimizationException)
        {
            // The line search can fail at the limits of single precision. The best point so far is kept, and its
            // gradient says how good it is.
        }

        return (best.Point, best.Gradient);
    }
}
