using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Tests;

internal static class RandomMatrix
{
    public static Matrix<float> Uniform(int rows, int columns, int seed, double low = -1, double high = 1)
    {
        Random random = new(seed);
        return Matrix<float>.Build.Dense(rows, columns, (_, _) => (float)(low + ((high - low) * random.NextDouble())));
    }
}
