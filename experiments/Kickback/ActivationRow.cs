using CsvHelper;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>The activity of one layer of an untrained network.</summary>
/// <param name="Units">Units of every hidden layer.</param>
/// <param name="Layer">1 is the layer that sees the input.</param>
/// <param name="Activation">Root mean square of the layer's outputs.</param>
[CsvRecord]
internal sealed partial record ActivationRow(
    Initialization Initialization,
    int Units,
    long Seed,
    int Layer,
    double Activation
) : ISeeded;
