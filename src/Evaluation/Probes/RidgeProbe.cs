using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Ridge regression on one-hot targets in closed form: W = Y_c F_cᵀ (F_c F_cᵀ + λI)⁻¹ on standardised features, with an
/// unpenalised intercept (index c: centred). λ is chosen on the last training samples; the fit is then repeated on all
/// training samples.
/// </summary>
public sealed class RidgeProbe : IHonestProbe
{
    private static readonly double[] Penalties = [1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5];

    /// <inheritdoc/>
    public string Id => "ridge";

    /// <inheritdoc/>
    public FittedProbe Fit(TrainingFeatures training, RandomStreams random, CancellationToken cancellation = default)
    {
        int fitCount = training.FitCount;
        Standardization standardization = Standardization.Of(training.All.Values, fitCount);
        Moments moments = new(training.All, standardization);
        moments.Add(training.All, 0, fitCount);
        double best = -1,
            chosen = Penalties[^1];
        foreach (double penalty in Penalties)
        {
            cancellation.ThrowIfCancellationRequested();

            // If features are collinear, rounding can make the matrix indefinite under the smallest penalties. Such
            // penalties are never chosen.
            double accuracy =
                moments.Solve(penalty)?.Predict(training.All, fitCount, training.All.Count).Accuracy ?? -1;
            if (accuracy > best)
            {
                (best, chosen) = (accuracy, penalty);
            }
        }

        moments.Add(training.All, fitCount, training.All.Count);
        foreach (double penalty in Penalties.Where(penalty => penalty >= chosen))
        {
            if (moments.Solve(penalty) is { } solution)
            {
                return solution with
                {
                    Details = new Dictionary<string, double>
                    {
                        ["penalty"] = penalty,
                        ["penaltyAtEdge"] = penalty == Penalties[0] || penalty == Penalties[^1] ? 1 : 0,
                        ["validationAccuracy"] = best,
                    },
                };
            }
        }

        throw new UnfitFeaturesException();
    }

    /// <summary>
    /// The sums over samples of f, ffᵀ, y and fyᵀ, for standardised features f and one-hot targets y. Products are in
    /// single precision, sums in double precision.
    /// </summary>
    private sealed class Moments
    {
        private readonly Standardization standardization;
        private readonly GramMatrix gram;
        private readonly Matrix<double> cross;
        private readonly double[] features;
        private readonly double[] targets;
        private double count;

        /// <summary>The sums over no samples.</summary>
        public Moments(Features samples, Standardization standardization)
        {
            this.standardization = standardization;
            gram = new GramMatrix(samples.Dimension);
            cross = Matrix<double>.Build.Dense(samples.Dimension, samples.Classes);
            features = new double[samples.Dimension];
            targets = new double[samples.Classes];
        }

        /// <summary>Adds the sums over the samples [start, end).</summary>
        public void Add(Features samples, int start, int end)
        {
            Matrix<double> ownCross = Matrix<double>.Build.Dense(cross.RowCount, cross.ColumnCount);
            double[] ownFeatures = new double[features.Length];
            gram.Begin();
            standardization.ForChunks(
                samples.Values,
                start,
                end,
                (chunk, first) =>
                {
                    gram.Add(chunk);
                    foreach (int label in samples.Labels.AsSpan(first, chunk.ColumnCount))
                    {
                        targets[label]++;
                    }

                    AddSums(chunk, samples.Labels, first, ownFeatures, ownCross.AsColumnMajorArray());
                }
            );
            gram.Keep();
            cross.Add(ownCross, cross);
            for (int i = 0; i < features.Length; i++)
            {
                features[i] += ownFeatures[i];
            }

            count += end - start;
        }

        /// <summary>
        /// Adds the f and fyᵀ of a chunk of samples, the first of which has the index <paramref name="start"/>.
        /// </summary>
        private static void AddSums(Matrix<float> chunk, int[] labels, int start, double[] features, double[] products)
        {
            int dimension = chunk.RowCount;
            float[] values = chunk.AsColumnMajorArray();
            ComputeThreads.ForRanges(
                dimension,
                64,
                worthwhile: true,
                (from, to) =>
                {
                    Span<double> sums = features.AsSpan(from, to - from);
                    for (int j = 0; j < chunk.ColumnCount; j++)
                    {
                        ReadOnlySpan<float> f = values.AsSpan((j * dimension) + from, sums.Length);
                        Span<double> row = products.AsSpan((labels[start + j] * dimension) + from, sums.Length);
                        for (int i = 0; i < f.Length; i++)
                        {
                            sums[i] += f[i];
                            row[i] += f[i];
                        }
                    }
                }
            );
        }

        /// <summary>Returns the fitted probe for a penalty; null if rounding makes the matrix indefinite.</summary>
        public FittedProbe? Solve(double penalty)
        {
            int dimension = features.Length,
                classes = targets.Length;
            double[] mean = [.. features.Select(sum => sum / count)];
            Matrix<double> right = cross.Clone();
            double[] r = right.AsColumnMajorArray();
            for (int k = 0; k < classes; k++)
            {
                for (int i = 0; i < dimension; i++)
                {
                    r[(k * dimension) + i] -= targets[k] * mean[i];
                }
            }

            if (gram.TryFactor(count, mean, penalty)?.Solve(right) is not { } weights)
            {
                return null;
            }

            Vector<double> shift = weights.TransposeThisAndMultiply(Vector<double>.Build.Dense(mean));
            return new FittedProbe(
                standardization,
                weights.Transpose().Map(value => (float)value),
                [.. targets.Select((target, k) => (float)((target / count) - shift[k]))],
                new Dictionary<string, double>()
            );
        }
    }
}
