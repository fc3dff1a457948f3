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
    private const int ChunkSize = 2000;
    private static readonly double[] Penalties = [1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5];

    /// <inheritdoc/>
    public string Id => "ridge";

    /// <inheritdoc/>
    public FittedProbe Fit(TrainingFeatures training, RandomStreams random, CancellationToken cancellation = default)
    {
        int fitCount = training.FitCount;
        Standardization standardization = Standardization.Of(training.All.Values, fitCount);
        Moments moments = new(training.All, standardization, 0, fitCount);
        Matrix<float> validation = standardization.Apply(training.All.Values, fitCount, training.All.Count);
        int[] labels = training.All.Labels[fitCount..];
        double best = -1,
            chosen = Penalties[^1];
        foreach (double penalty in Penalties)
        {
            cancellation.ThrowIfCancellationRequested();

            // If features are collinear, rounding can make the matrix indefinite under the smallest penalties. Such
            // penalties are never chosen.
            double accuracy = moments.Solve(penalty)?.PredictStandardized(validation, labels).Accuracy ?? -1;
            if (accuracy > best)
            {
                (best, chosen) = (accuracy, penalty);
            }
        }

        moments.Add(new Moments(training.All, standardization, fitCount, training.All.Count));
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
        private readonly Matrix<double> gram;
        private readonly Matrix<double> cross;
        private readonly double[] features;
        private readonly double[] targets;
        private double count;

        public Moments(Features samples, Standardization standardization, int start, int end)
        {
            this.standardization = standardization;
            int dimension = samples.Dimension,
                classes = samples.Classes;
            gram = Matrix<double>.Build.Dense(dimension, dimension);
            cross = Matrix<double>.Build.Dense(dimension, classes);
            features = new double[dimension];
            targets = new double[classes];
            count = end - start;
            Matrix<float> product = Matrix<float>.Build.Dense(dimension, dimension),
                chunk = Matrix<float>.Build.Dense(dimension, Math.Min(ChunkSize, end - start));
            for (int first = start; first < end; first += ChunkSize)
            {
                int last = Math.Min(first + ChunkSize, end);
                chunk = last - first == chunk.ColumnCount ? chunk : Matrix<float>.Build.Dense(dimension, last - first);
                standardization.Apply(samples.Values, first, last, chunk);
                SecondMoments.Add(gram, chunk, product);
                foreach (int label in samples.Labels.AsSpan(first, last - first))
                {
                    targets[label]++;
                }

                AddSums(chunk, samples.Labels, first);
            }
        }

        /// <summary>
        /// Adds the f and fyᵀ of a chunk of samples, the first of which has the index <paramref name="start"/>.
        /// </summary>
        private void AddSums(Matrix<float> chunk, int[] labels, int start)
        {
            int dimension = chunk.RowCount;
            float[] values = chunk.AsColumnMajorArray();
            double[] products = cross.AsColumnMajorArray();
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

        public void Add(Moments other)
        {
            gram.Add(other.gram, gram);
            cross.Add(other.cross, cross);
            for (int i = 0; i < features.Length; i++)
            {
                features[i] += other.features[i];
            }

            for (int k = 0; k < targets.Length; k++)
            {
                targets[k] += other.targets[k];
            }

            count += other.count;
        }

        /// <summary>Returns the fitted probe for a penalty; null if rounding makes the matrix indefinite.</summary>
        public FittedProbe? Solve(double penalty)
        {
            int dimension = features.Length,
                classes = targets.Length;
            double[] mean = [.. features.Select(sum => sum / count)];
            Matrix<double> centred = gram.Clone(),
                right = cross.Clone();
            double[] g = centred.AsColumnMajorArray(),
                r = right.AsColumnMajorArray();
            ComputeThreads.ForRanges(
                dimension,
                16,
                worthwhile: true,
                (start, end) =>
                {
                    for (int j = start; j < end; j++)
                    {
                        for (int i = 0; i < dimension; i++)
                        {
                            g[(j * dimension) + i] -= count * mean[i] * mean[j];
                        }

                        g[(j * dimension) + j] += penalty;
                    }
                }
            );
            for (int k = 0; k < classes; k++)
            {
                for (int i = 0; i < dimension; i++)
                {
                    r[(k * dimension) + i] -= targets[k] * mean[i];
                }
            }

            if (CholeskyFactorization.TryCreate(centred)?.Solve(right) is not { } weights)
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
