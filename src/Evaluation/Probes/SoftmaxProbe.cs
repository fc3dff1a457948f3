using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>
/// Multinomial logistic regression on standardised features: L-BFGS on mean cross-entropy + λ/2·‖W‖², to a gradient tolerance; the
/// intercept is not penalised. λ is chosen on the last training samples and the fit repeated on all.
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
    public string Summary => "multinomial logistic regression to convergence, penalty chosen on validation data";

    /// <inheritdoc/>
    public FittedProbe Fit(Features training, RandomStreams random)
    {
        Standardization standardization = Standardization.Of(training.Values);
        int fitCount = Validation.FitCount(training.Count);
        Features validation = Validation.HeldOut(training);
        CrossEntropyObjective fit = new(standardization.Apply(training.Values, 0, fitCount), training.Labels[..fitCount], training.Classes);
        double best = -1, chosen = 0;
        Vector<double> point = fit.Origin, start = point;
        foreach (double penalty in Penalties)
        {
            // From the strongest penalty to the weakest: each solution starts the next.
            point = Minimize(fit, penalty, point).Point;
            double accuracy = fit.ToProbe(point, standardization).Predict(validation).Accuracy;
            if (accuracy > best)
            {
                (best, chosen, start) = (accuracy, penalty, point);
            }
        }

        CrossEntropyObjective all = new(standardization.Apply(training.Values, 0, training.Count), training.Labels, training.Classes);
        (Vector<double> solution, int iterations, double gradient) = Minimize(all, chosen, start);
        return all.ToProbe(solution, standardization) with
        {
            Details = new Dictionary<string, double>
            {
                ["penalty"] = chosen,
                ["validationAccuracy"] = best,
                ["iterations"] = iterations,
                ["gradientNorm"] = gradient,
            },
        };
    }

    private static (Vector<double> Point, int Iterations, double Gradient) Minimize(CrossEntropyObjective objective, double penalty, Vector<double> start)
    {
        LimitedMemoryBfgsMinimizer minimizer = new(GradientTolerance, parameterTolerance: 0, functionProgressTolerance: 0, Memory, MaximumIterations);
        IObjectiveFunction function = ObjectiveFunction.Gradient(point => objective.Evaluate(point, penalty));
        MinimizationResult result = minimizer.FindMinimum(function, start);
        return (result.MinimizingPoint, result.Iterations, result.FunctionInfoAtMinimum.Gradient.InfinityNorm());
    }
}
