using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Mean cross-entropy of a linear softmax classifier, L = mean(−log softmax(Wf + b)_label) + λ/2·‖W‖², as a function of
/// one parameter vector. The vector holds coordinates in which the Hessian of L is near the identity: Vᵀ = CᵀWᵀ (column
/// by column), then √c·b, with CCᵀ = c·FFᵀ/n + λ₀I.
/// </summary>
/// <remarks>
/// ∂²L/∂W² is a mean of ffᵀ weighted by the variances p(1 − p) of the predictions, plus λ. Here c stands for a typical
/// variance and λ₀ for a typical λ. In these coordinates L-BFGS takes some tens of steps; in W itself it takes
/// hundreds. The minimum is the same.
/// </remarks>
internal sealed class CrossEntropyObjective
{
    private const double TypicalVariance = 0.02;
    private const double TypicalPenalty = 1e-3;

    private readonly Matrix<float> features;
    private readonly int[] labels;
    private readonly int classes;
    private readonly CholeskyFactorization coordinates;
    private readonly Matrix<float> weights;
    private readonly Matrix<float> scores;
    private readonly Matrix<float> gradient;

    /// <param name="features">Features × samples, standardised.</param>
    /// <param name="coordinates">The factor C, from <see cref="Coordinates"/> of these features or of similar
    /// ones.</param>
    /// <param name="labels">One class index per sample, in [0, classes).</param>
    public CrossEntropyObjective(Matrix<float> features, int[] labels, int classes, CholeskyFactorization coordinates)
    {
        this.features = features;
        this.labels = labels;
        this.classes = classes;
        this.coordinates = coordinates;
        weights = Matrix<float>.Build.Dense(classes, features.RowCount);
        scores = Matrix<float>.Build.Dense(classes, labels.Length);
        gradient = Matrix<float>.Build.Dense(features.RowCount, classes);
    }

    public Vector<double> Origin => Vector<double>.Build.Dense(classes * (features.RowCount + 1));

    /// <summary>Computes the Cholesky factor C with CCᵀ = c·FFᵀ/n + λ₀I.</summary>
    /// <param name="features">Features × samples, standardised.</param>
    /// <exception cref="UnfitFeaturesException">The features are too large.</exception>
    public static CholeskyFactorization Coordinates(Matrix<float> features)
    {
        Matrix<double> curvature = SecondMoments.Of(features) * (TypicalVariance / features.ColumnCount);
        for (int i = 0; i < curvature.RowCount; i++)
        {
            curvature[i, i] += TypicalPenalty;
        }

        return CholeskyFactorization.TryCreate(curvature) ?? throw new UnfitFeaturesException();
    }

    /// <summary>
    /// Computes L, its gradient in the parameters, and the largest absolute component of its gradient in W and b.
    /// </summary>
    public (double Value, Vector<double> Gradient, double Steepness) Evaluate(Vector<double> point, double penalty)
    {
        (Matrix<double> transposed, float[] bias) = Unpack(point);
        weights.Multiply(features, scores);
        float[] z = scores.AsColumnMajorArray();
        double[] losses = new double[labels.Length];
        ComputeThreads.ForRanges(
            labels.Length,
            256,
            worthwhile: true,
            (start, end) =>
            {
                for (int j = start; j < end; j++)
                {
                    Span<float> sample = z.AsSpan(j * classes, classes);
                    for (int k = 0; k < classes; k++)
                    {
                        sample[k] += bias[k];
                    }

                    Softmax.Apply(sample, 1f, sample);
                    losses[j] = -Math.Log(Math.Max(sample[labels[j]], 1e-30f));
                    sample[labels[j]] -= 1f;
                }
            }
        );

        // Now z holds softmax − target: ∂L/∂W = z fᵀ / n + λW, ∂L/∂b = Σ z / n.
        features.TransposeAndMultiply(scores, gradient);
        double n = labels.Length,
            loss = losses.Sum() / n,
            steepness = 0;
        Matrix<double> slope = Matrix<double>.Build.Dense(features.RowCount, classes);
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < features.RowCount; i++)
            {
                double w = transposed[i, k];
                loss += 0.5 * penalty * w * w;
                slope[i, k] = (gradient[i, k] / n) + (penalty * w);
                steepness = Math.Max(steepness, Math.Abs(slope[i, k]));
            }
        }

        double[] biasSlope = new double[classes];
        for (int i = 0; i < z.Length; i++)
        {
            biasSlope[i % classes] += z[i] / n;
        }

        // By the chain rule ∂L/∂Vᵀ = C⁻¹ ∂L/∂Wᵀ.
        coordinates.SolveLower(slope);
        return (
            loss,
            Vector<double>.Build.Dense([
                .. slope.AsColumnMajorArray(),
                .. biasSlope.Select(value => value / Math.Sqrt(TypicalVariance)),
            ]),
            Math.Max(steepness, biasSlope.Max(Math.Abs))
        );
    }

    public FittedProbe ToProbe(Vector<double> point, Standardization standardization)
    {
        float[] bias = Unpack(point).Bias;
        return new FittedProbe(standardization, weights.Clone(), bias, new Dictionary<string, double>());
    }

    /// <summary>Computes Wᵀ = C⁻ᵀVᵀ and b; W is also written into <see cref="weights"/>.</summary>
    private (Matrix<double> Transposed, float[] Bias) Unpack(Vector<double> point)
    {
        double[] values = point.AsArray();
        Matrix<double> transposed = Matrix<double>.Build.Dense(
            features.RowCount,
            classes,
            values[..(classes * features.RowCount)]
        );
        coordinates.SolveUpper(transposed);
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < features.RowCount; i++)
            {
                weights[k, i] = (float)transposed[i, k];
            }
        }

        return (
            transposed,
            [.. values[(classes * features.RowCount)..].Select(value => (float)(value / Math.Sqrt(TypicalVariance)))]
        );
    }
}
