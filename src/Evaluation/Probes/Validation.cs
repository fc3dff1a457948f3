using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Evaluation;

/// <summary>The samples a probe holds out of the training data to select on: the last 10,000, or the last sixth of a smaller set.</summary>
internal static class Validation
{
    private const int Largest = 10_000;

    /// <summary>How many of <paramref name="count"/> samples, from the first, are left to fit on.</summary>
    public static int FitCount(int count) => count - Math.Min(Largest, Math.Max(1, count / 6));

    public static Features HeldOut(Features training)
    {
        int start = FitCount(training.Count), dimension = training.Dimension;
        float[] values = training.Values.AsColumnMajorArray().AsSpan(start * dimension).ToArray();
        return training with { Values = Matrix<float>.Build.Dense(dimension, training.Count - start, values), Labels = training.Labels[start..] };
    }
}
