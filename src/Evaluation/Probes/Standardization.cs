using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Standardises each feature as (f − mean)·scale, with scale = 1/deviation, or 0 for a feature that never varies.
/// </summary>
/// <param name="Mean">The mean of each feature, one value per feature.</param>
/// <param name="Scale">The scale of each feature, one value per feature, ≥ 0.</param>
public sealed record Standardization(float[] Mean, float[] Scale)
{
    // Part of what probes compute: sums over a chunk are in single precision.
    private const int ChunkSize = 2000;

    // A variance below this share of the squared mean is taken for rounding.
    private const double SmallestRelativeVariance = 1e-10;

    /// <summary>
    /// The root mean square over features of their standard deviations; a feature that never varies counts as 0.
    /// </summary>
    public double RootMeanVariance => Math.Sqrt(Scale.Average(scale => scale > 0 ? 1.0 / ((double)scale * scale) : 0));

    /// <summary>Computes the mean and scale from the moments of the first samples.</summary>
    /// <param name="values">Features × samples.</param>
    /// <param name="samples">The number of samples to use, from the first.</param>
    public static Standardization Of(Matrix<float> values, int samples)
    {
        int features = values.RowCount;
        float[] source = values.AsColumnMajorArray();
        double[] sums = new double[features],
            squares = new double[features];
        ComputeThreads.ForRanges(
            features,
            64,
            worthwhile: true,
            (start, end) =>
            {
                for (int j = 0; j < samples; j++)
                {
                    ReadOnlySpan<float> column = source.AsSpan((j * features) + start, end - start);
                    for (int i = 0; i < column.Length; i++)
                    {
                        sums[start + i] += column[i];
                        squares[start + i] += (double)column[i] * column[i];
                    }
                }
            }
        );

        float[] mean = new float[features],
            scale = new float[features];
        for (int i = 0; i < features; i++)
        {
            double average = sums[i] / samples,
                variance = (squares[i] / samples) - (average * average);
            mean[i] = (float)average;
            scale[i] = variance > SmallestRelativeVariance * average * average ? (float)(1 / Math.Sqrt(variance)) : 0f;
        }

        return new Standardization(mean, scale);
    }

    /// <summary>Returns standardised copies of all samples.</summary>
    public Features Apply(Features features) => features with { Values = Apply(features.Values, 0, features.Count) };

    /// <summary>Returns standardised copies of the samples [start, end).</summary>
    public Matrix<float> Apply(Matrix<float> values, int start, int end)
    {
        Matrix<float> result = Matrix<float>.Build.Dense(values.RowCount, end - start);
        Apply(values, start, end, result);
        return result;
    }

    /// <summary>
    /// Calls an action with chunks of some thousand standardised samples of [start, end), in order, so that they need
    /// little memory.
    /// </summary>
    /// <param name="action">Takes a chunk, which the next one overwrites, and the index of its first sample.</param>
    public void ForChunks(Matrix<float> values, int start, int end, Action<Matrix<float>, int> action)
    {
        Matrix<float> chunk = Matrix<float>.Build.Dense(values.RowCount, Math.Min(ChunkSize, end - start));
        for (int first = start; first < end; first += ChunkSize)
        {
            int last = Math.Min(first + ChunkSize, end);
            chunk =
                last - first == chunk.ColumnCount ? chunk : Matrix<float>.Build.Dense(values.RowCount, last - first);
            Apply(values, first, last, chunk);
            action(chunk, first);
        }
    }

    /// <summary>Standardises the samples [start, end) into the first columns of another matrix.</summary>
    /// <param name="values">Features × samples.</param>
    /// <param name="start">The first sample.</param>
    /// <param name="end">The sample after the last.</param>
    /// <param name="result">Features × at least as many samples.</param>
    public void Apply(Matrix<float> values, int start, int end, Matrix<float> result)
    {
        int features = values.RowCount;
        float[] source = values.AsColumnMajorArray(),
            target = result.AsColumnMajorArray(),
            negativeMean = [.. Mean.Select(mean => -mean)];
        ComputeThreads.ForRanges(
            end - start,
            16,
            worthwhile: true,
            (first, last) =>
            {
                for (int j = first; j < last; j++)
                {
                    // (f + (−mean))·scale has the bits of (f − mean)·scale.
                    TensorPrimitives.AddMultiply(
                        source.AsSpan((start + j) * features, features),
                        negativeMean,
                        Scale,
                        target.AsSpan(j * features, features)
                    );
                }
            }
        );
    }
}
