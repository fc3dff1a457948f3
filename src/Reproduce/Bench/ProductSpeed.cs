namespace Reproduction.CommandLine.Bench;

/// <summary>The speeds of one product in GFLOP/s, each the best of several rounds.</summary>
/// <param name="OpenBlas">The speed of OpenBLAS; null where the system has none.</param>
internal sealed record ProductSpeed(ProductShape Shape, double Suite, double MathNet, double? OpenBlas);
