using CsvHelper;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Calibration;

/// <summary>How often a family of comparisons without any difference came to a false verdict.</summary>
/// <param name="Source">"real", or what the simulated layer is called.</param>
/// <param name="Comparisons">Comparisons of a family, all with the same random projections.</param>
/// <param name="Tables">The number of families.</param>
/// <param name="Wrong">In how many a simultaneous interval leaves 0 out.</param>
[CsvRecord]
internal sealed partial record FamilyRow(string Source, int Units, int Seeds, int Comparisons, int Tables, int Wrong)
{
    /// <summary>The share of families with a false verdict, with its 95 % interval.</summary>
    [CsvIgnore]
    public Proportion Error => Proportion.Of(Wrong, Tables);
}
