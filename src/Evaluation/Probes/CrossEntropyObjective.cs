using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>
/// Mean cross-entropy of a linear softmax classifier as a function of one parameter vector: W (classes × features, column by column), then
/// the intercepts.
/// </summary>
internal sealed class CrossEntropyObjective
{
    private readonly Matrix<float> features;
    private readonly int[] labels;
    private readonly int classes;
    private readonly Matrix<float> weights;
    private readonly Matrix<float> scores;
    private readonly Matrix<float> gradient;

    /// <param name="features">Features × samples, standardised.</param>
    public CrossEntropyObjective(Matrix<float> features, int[] labels, int classes)
    {
        this.features = features;
        this.labels = labels;
        this.classes = classes;
        weights = Matrix<float>.Build.Dense(classes, features.RowCount);
        scores = Matrix<float>.Build.Dense(classes, labels.Length);
        gradient = Matrix<float>.Build.Dense(features.RowCount, classes);
    }

    public Vector<double> Origin => Vector<double>.Build.Dense(classes * (features.RowCount + 1));

    /// <summary>L = mean(−log softmax(Wf + b)_label) + λ/2·‖W‖² and its gradient.</summary>
    public (double Value, Vector<double> Gradient) Evaluate(Vector<double> point, double penalty)
    {
        Unpack(point);
        weights.Multiply(features, scores);
        float[] z = scores.AsColumnMajorArray();
        float[] bias = Bias(point);
        double[] losses = new double[labels.Length];
        ComputeThreads.ForRanges(labels.Length, 256, worthwhile: true, (start, end) =>
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
        });

        // Now z holds softmax − target: ∂L/∂W = z fᵀ / n, ∂L/∂b = Σ z / n.
        features.TransposeAndMultiply(scores, gradient);
        double loss = losses.Sum() / labels.Length;
        Vector<double> slope = Vector<double>.Build.Dense(point.Count);
        double n = labels.Length;
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < features.RowCount; i++)
            {
                double w = point[(i * classes) + k];
                loss += 0.5 * penalty * w * w;
                slope[(i * classes) + k] = (gradient[i, k] / n) + (penalty * w);
            }
        }

        for (int i = 0; i < z.Length; i++)
        {
            slope[(classes * features.RowCount) + (i % classes)] += z[i] / n;
        }

        return (loss, slope);
    }

    public FittedProbe ToProbe(Vector<double> point, Standardization standardization)
    {
        Unpack(point);
        return new FittedProbe(standardization, weights.Clone(), Bias(point), new Dictionary<string, double>());
    }

    private void Unpack(Vector<double> point)
    {
        float[] w = weights.AsColumnMajorArray();
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = (float)point[i];
        }
    }

    private float[] Bias(Vector<double> point) => [.. Enumerable.Range(classes * features.RowCount, classes).Select(i => (float)point[i])];
}
