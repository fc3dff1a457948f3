using System.Buffers;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// Normalises each unit over the samples of a batch: x̂ = (x − mean(x)) / √(var(x) + ε) (Ioffe and Szegedy 2015). There
/// is no gain or bias, because the dense layer that follows can express both. Evaluation uses running averages of the
/// training batches' moments instead of the batch's own.
/// </summary>
/// <param name="units">Number of input units, ≥ 1.</param>
public sealed class BatchNormalization(int units)
{
    /// <summary>ε, added to the (biased) variance.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The share of a new batch in the running averages.</summary>
    public const double Share = 0.1;

    private readonly double[] batchMean = new double[units];
    private readonly double[] batchVariance = new double[units];
    private readonly double[] runningMean = new double[units];
    private readonly double[] runningVariance = [.. Enumerable.Repeat(1.0, units)];

    /// <summary>Resets the running averages to mean 0 and variance 1.</summary>
    public void Reset()
    {
        Array.Clear(runningMean);
        Array.Fill(runningVariance, 1.0);
    }

    /// <summary>Normalises each row of <paramref name="input"/> into <paramref name="output"/>.</summary>
    /// <param name="inverseDeviation">Set to 1/√(var + ε), one value per unit.</param>
    /// <param name="isTraining">Whether to use the batch's own moments.</param>
    /// <param name="entersAverages">Whether the batch's own moments enter the running averages.</param>
    public void Apply(
        Matrix<float> input,
        Matrix<float> output,
        double[] inverseDeviation,
        bool isTraining,
        bool entersAverages
    )
    {
        int samples = input.ColumnCount;
        float[] source = input.AsColumnMajorArray(),
            target = output.AsColumnMajorArray();
        double[] mean = runningMean,
            variance = runningVariance;
        if (isTraining)
        {
            (mean, variance) = (batchMean, batchVariance);
            MeasureBatch(source, samples);
            double unbiased = samples / (samples - 1.0);
            // One sample has no variance, so it does not enter the running averages.
            for (int i = 0; i < (samples > 1 && entersAverages ? units : 0); i++)
            {
                runningMean[i] += Share * (mean[i] - runningMean[i]);
                runningVariance[i] += Share * ((variance[i] * unbiased) - runningVariance[i]);
            }
        }

        for (int i = 0; i < units; i++)
        {
            inverseDeviation[i] = 1.0 / Math.Sqrt(variance[i] + Epsilon);
        }

        for (int start = 0; start < source.Length; start += units)
        {
            for (int i = 0; i < units; i++)
            {
                target[start + i] = (float)((source[start + i] - mean[i]) * inverseDeviation[i]);
            }
        }
    }

    /// <summary>
    /// Computes the gradient through the batch's own moments: ∂L/∂x = (g − mean(g) − x̂·mean(g∘x̂)) / √(var + ε) with
    /// g = ∂L/∂x̂ and means over the batch.
    /// </summary>
    /// <param name="normalized">x̂, units × samples.</param>
    /// <param name="inverseDeviation">1/√(var + ε) of the same pass, one value per unit.</param>
    /// <param name="gradient">∂L/∂x̂ on entry, ∂L/∂x on return.</param>
    public static void PullBack(Matrix<float> normalized, double[] inverseDeviation, Matrix<float> gradient)
    {
        int units = normalized.RowCount,
            samples = normalized.ColumnCount;
        float[] hat = normalized.AsColumnMajorArray(),
            g = gradient.AsColumnMajorArray();
        double[] sum = ArrayPool<double>.Shared.Rent(units),
            weighted = ArrayPool<double>.Shared.Rent(units);
        Array.Clear(sum, 0, units);
        Array.Clear(weighted, 0, units);
        for (int start = 0; start < g.Length; start += units)
        {
            for (int i = 0; i < units; i++)
            {
                sum[i] += g[start + i];
                weighted[i] += (double)g[start + i] * hat[start + i];
            }
        }

        for (int start = 0; start < g.Length; start += units)
        {
            for (int i = 0; i < units; i++)
            {
                g[start + i] = (float)(
                    (g[start + i] - (sum[i] / samples) - (hat[start + i] * weighted[i] / samples)) * inverseDeviation[i]
                );
            }
        }

        ArrayPool<double>.Shared.Return(sum);
        ArrayPool<double>.Shared.Return(weighted);
    }

    /// <summary>
    /// Computes ∂L/∂x with mean and deviation held constant: each unit's gradient is divided by its deviation.
    /// </summary>
    /// <param name="gradient">∂L/∂x̂ on entry, ∂L/∂x on return.</param>
    public static void Scale(double[] inverseDeviation, Matrix<float> gradient)
    {
        float[] g = gradient.AsColumnMajorArray();
        for (int i = 0; i < g.Length; i++)
        {
            g[i] = (float)(g[i] * inverseDeviation[i % inverseDeviation.Length]);
        }
    }

    /// <summary>Computes the batch's own moments.</summary>
    private void MeasureBatch(float[] source, int samples)
    {
        double[] mean = batchMean,
            variance = batchVariance;
        Array.Clear(mean);
        Array.Clear(variance);
        for (int start = 0; start < source.Length; start += units)
        {
            for (int i = 0; i < units; i++)
            {
                mean[i] += source[start + i];
            }
        }

        for (int i = 0; i < units; i++)
        {
            mean[i] /= samples;
        }

        for (int start = 0; start < source.Length; start += units)
        {
            for (int i = 0; i < units; i++)
            {
                double deviation = source[start + i] - mean[i];
                variance[i] += deviation * deviation;
            }
        }

        for (int i = 0; i < units; i++)
        {
            variance[i] /= samples;
        }
    }
}
