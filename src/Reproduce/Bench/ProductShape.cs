namespace Reproduction.CommandLine.Bench;

/// <summary>A matrix product that training or probing makes: op(A) is rows × inner, op(B) inner × columns.</summary>
/// <param name="Use">What the product is used for.</param>
internal sealed record ProductShape(int Rows, int Inner, int Columns, bool TransposedA, bool TransposedB, string Use)
{
    /// <summary>The shapes that are timed: 1024³, and those of a layer of 2048 units on 784 inputs.</summary>
    public static ProductShape[] All { get; } =
    [
        new(1024, 1024, 1024, false, false, "square"),
        new(2048, 784, 32, false, false, "forward pass of a batch of 32"),
        new(784, 32, 2048, false, true, "change of weights"),
        new(2048, 784, 512, false, false, "forward pass of a batch of 512"),
        new(2048, 32, 784, false, true, "change of weights, the other way"),
        new(784, 2048, 32, true, false, "back through the weights"),
        new(10, 2048, 512, false, false, "ten outputs"),
        new(1024, 2048, 1024, false, true, "Gram matrix"),
    ];

    /// <summary>The number of floating-point operations.</summary>
    public double Operations => 2.0 * Rows * Inner * Columns;

    public string Name => $"{Rows} × {Inner} × {Columns}";
}
