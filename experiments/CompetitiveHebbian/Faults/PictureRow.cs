using CsvHelper;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>How alike neighbouring pixels of one neuron's weight picture are, read in two layouts.</summary>
/// <param name="Rule">The paper's name of the rule.</param>
/// <param name="PrintedLayout">Moran's I in the layout of the paper's figures.</param>
/// <param name="RightLayout">Moran's I in the right layout.</param>
/// <param name="RightLayoutP">The probability of an index at least as large among permutations of the weights.</param>
[CsvRecord]
internal sealed partial record PictureRow(
    string Rule,
    long Seed,
    int Neuron,
    double PrintedLayout,
    double RightLayout,
    double RightLayoutP
) : ISeeded;
