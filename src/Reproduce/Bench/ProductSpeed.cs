namespace Reproduction.CommandLine.Bench;

/// <summary>GFLOP/s of a product, the best of several rounds.</summary>
/// <param name="OpenBlas">Null where the system has none.</param>
internal sealed record ProductSpeed(ProductShape Shape, double Suite, double MathNet, double? OpenBlas);
