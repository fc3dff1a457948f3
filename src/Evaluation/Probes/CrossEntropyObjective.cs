using System.Numerics.Tensors;
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

    private readonly Features samples;
    private readonly Standardization standardization;
    private readonly int count;
    private readonly CholeskyFactorization coordinates;
    private readonly Matrix<float> weights;
    private readonly List<Block> blocks = [];
    private readonly float[] gradient;
    private readonly double[] losses;

    /// <param name="samples">The features and labels.</param>
    /// <param name="standardization">What is done to the features first.</param>
    /// <param name="count">The number of samples that count, from the first.</param>
    /// <param name="coordinates">The factor C, from <see cref="Coordinates"/> of these features or of similar
    /// ones.</param>
    public CrossEntropyObjective(
        Features samples,
        Standardization standardization,
        int count,
        CholeskyFactorization coordinates
    )
    {
        this.samples = samples;
        this.standardization = standardization;
        this.count = count;
        this.coordinates = coordinates;
        weights = Matrix<float>.Build.Dense(samples.Classes, samples.Dimension);
        gradient = new float[samples.Dimension * samples.Classes];
        losses = new double[count];
    }

    public Vector<double> Origin => Vector<double>.Build.Dense(samples.Classes * (samples.Dimension + 1));

    /// <summary>Computes the Cholesky factor C with CCᵀ = c·FFᵀ/n + λ₀I.</summary>
    /// <param name="samples">The features.</param>
    /// <param name="standardization">What is done to the features first.</param>
    /// <param name="count">n, the number of samples that count, from the first.</param>
    /// <exception cref="UnfitFeaturesException">The features are too large.</exception>
    public static CholeskyFactorization Coordinates(Features samples, Standardization standardization, int count)
    {
        Matrix<double> curvature = Matrix<double>.Build.Dense(samples.Dimension, samples.Dimension);
        standardization.ForChunks(samples.Values, 0, count, (chunk, _) => SecondMoments.AddLowerHalf(curvature, chunk));
        curvature.Multiply(TypicalVariance / count, curvature);
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
        (double[] transposed, float[] bias) = Unpack(point);
        double[] biasSlope = new double[samples.Classes];
        int together = ComputeThreads.Count;
        while (blocks.Count < together)
        {
            blocks.Add(new Block(samples.Dimension, samples.Classes));
        }

        // Blocks are computed side by side, each by one thread while its features are in the caches. Their sums are
        // added in order.
        for (int first = 0; first < count; first += together * SampleRange.Block)
        {
            int present = Math.Min(together, (count - first + SampleRange.Block - 1) / SampleRange.Block);
            ComputeThreads.ForRanges(
                present,
                1,
                worthwhile: true,
                (start, end) =>
                {
                    for (int i = start; i < end; i++)
                    {
                        Compute(blocks[i], first + (i * SampleRange.Block), bias);
                    }
                }
            );
            for (int i = 0; i < present; i++)
            {
                Add(blocks[i], isFirst: first + i == 0, biasSlope);
            }
        }

        double loss = losses.Sum() / count,
            steepness = biasSlope.Max(Math.Abs);
        Matrix<double> slope = Matrix<double>.Build.Dense(samples.Dimension, samples.Classes);
        double[] slopes = slope.AsColumnMajorArray();
        for (int i = 0; i < slopes.Length; i++)
        {
            double w = transposed[i];
            loss += 0.5 * penalty * w * w;
            slopes[i] = (gradient[i] / (double)count) + (penalty * w);
            steepness = Math.Max(steepness, Math.Abs(slopes[i]));
        }

        // By the chain rule ∂L/∂Vᵀ = C⁻¹ ∂L/∂Wᵀ.
        coordinates.SolveLower(slope);
        return (
            loss,
            Vector<double>.Build.Dense([.. slopes, .. biasSlope.Select(value => value / Math.Sqrt(TypicalVariance))]),
            steepness
        );
    }

    /// <summary>
    /// Computes z = softmax(Wf + b) − target and Σ f zᵀ over the samples of a block, and notes their losses.
    /// </summary>
    private void Compute(Block block, int first, float[] bias)
    {
        int classes = samples.Classes,
            size = Math.Min(SampleRange.Block, count - first);
        block.Size = size;
        standardization.Apply(samples.Values, first, first + size, block.Features);
        SampleRange.Multiply(weights, block.Features, 0, size, block.Scores);
        float[] z = block.Scores.AsColumnMajorArray();
        for (int j = 0; j < size; j++)
        {
            Span<float> sample = z.AsSpan(j * classes, classes);
            int label = samples.Labels[first + j];
            for (int k = 0; k < classes; k++)
            {
                sample[k] += bias[k];
            }

            Softmax.Apply(sample, 1f, sample);
            losses[first + j] = -Math.Log(Math.Max(sample[label], 1e-30f));
            sample[label] -= 1f;
        }

        SampleRange.MultiplyByTranspose(block.Features, block.Scores, size, block.Gradient);
    }

    /// <summary>Adds a block to the sums ∂L/∂Wᵀ·n = Σ f zᵀ and ∂L/∂b = Σ z / n.</summary>
    private void Add(Block block, bool isFirst, double[] biasSlope)
    {
        float[] sums = block.Gradient.AsColumnMajorArray(),
            z = block.Scores.AsColumnMajorArray();
        if (isFirst)
        {
            sums.CopyTo(gradient, 0);
        }
        else
        {
            TensorPrimitives.Add(gradient, sums, gradient);
        }

        for (int j = 0; j < block.Size; j++)
        {
            for (int k = 0; k < biasSlope.Length; k++)
            {
                biasSlope[k] += z[(j * biasSlope.Length) + k] / (double)count;
            }
        }
    }

    public FittedProbe ToProbe(Vector<double> point)
    {
        float[] bias = Unpack(point).Bias;
        return new FittedProbe(standardization, weights.Clone(), bias, new Dictionary<string, double>());
    }

    /// <summary>
    /// Computes Wᵀ = C⁻ᵀVᵀ, column by column, and b; W is also written into <see cref="weights"/>.
    /// </summary>
    private (double[] Transposed, float[] Bias) Unpack(Vector<double> point)
    {
        int dimension = samples.Dimension,
            classes = samples.Classes;
        double[] values = point.AsArray(),
            transposed = values[..(classes * dimension)];
        coordinates.SolveUpper(Matrix<double>.Build.Dense(dimension, classes, transposed));
        float[] w = weights.AsColumnMajorArray();
        for (int k = 0; k < classes; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                w[(i * classes) + k] = (float)transposed[(k * dimension) + i];
            }
        }

        return (
            transposed,
            [.. values[(classes * dimension)..].Select(value => (float)(value / Math.Sqrt(TypicalVariance)))]
        );
    }

    /// <summary>A block of samples, and what is computed of it.</summary>
    private sealed class Block(int dimension, int classes)
    {
        public int Size { get; set; }

        public Matrix<float> Features { get; } = Matrix<float>.Build.Dense(dimension, SampleRange.Block);

        public Matrix<float> Scores { get; } = Matrix<float>.Build.Dense(classes, SampleRange.Block);

        public Matrix<float> Gradient { get; } = Matrix<float>.Build.Dense(dimension, classes);
    }
}
