using BenchmarkDotNet.Attributes;
using MathNet.Numerics.Providers.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Benchmarks;

/// <summary>
/// Compares the single-precision product with Math.NET's own, for 1024³ and a training step's shapes at 2048 units.
/// </summary>
[InProcess]
public class MatrixProduct
{
    private float[] a = [];
    private float[] b = [];
    private float[] c = [];

    [Params("1024,1024,1024", "2048,784,32", "2048,32,784")]
    public string Shape { get; set; } = "";

    private (int Rows, int Inner, int Columns) Size =>
        Shape.Split(',').Select(int.Parse).ToArray() is [int rows, int inner, int columns]
            ? (rows, inner, columns)
            : throw new FormatException(Shape);

    [GlobalSetup]
    public void Draw()
    {
        Random random = new(1);
        (int rows, int inner, int columns) = Size;
        a = [.. Enumerable.Range(0, rows * inner).Select(_ => random.NextSingle())];
        b = [.. Enumerable.Range(0, inner * columns).Select(_ => random.NextSingle())];
        c = new float[rows * columns];
    }

    [Benchmark]
    public void Simd() => Multiply(SimdLinearAlgebraProvider.Instance);

    [Benchmark(Baseline = true)]
    public void MathNet() => Multiply(ManagedLinearAlgebraProvider.Instance);

    private void Multiply(ILinearAlgebraProvider provider)
    {
        (int rows, int inner, int columns) = Size;
        provider.MatrixMultiply(a, rows, inner, b, inner, columns, c);
    }
}
