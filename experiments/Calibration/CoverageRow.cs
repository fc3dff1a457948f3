using CsvHelper;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Calibration;

/// <summary>How often intervals of one kind of table covered the true difference, and how often it was shown.</summary>
/// <param name="Source">"real", or what the simulated layer is called.</param>
/// <param name="Planted">The true difference, as a share.</param>
/// <param name="Tables">The number of tables.</param>
/// <param name="Covered">In how many the 95 % interval covers it.</param>
/// <param name="Shown">In how many the interval lies to the right side of 0; of no difference, to either.</param>
/// <param name="HalfWidth">Half the width of the interval, mean over tables, as a share.</param>
[CsvRecord]
internal sealed partial record CoverageRow(
    string Source,
    int Units,
    int Seeds,
    double Planted,
    int Tables,
    int Covered,
    int Shown,
    double HalfWidth
)
{
    /// <summary>The share of intervals that cover, with its 95 % interval.</summary>
    [CsvIgnore]
    public Proportion Coverage => Proportion.Of(Covered, Tables);

    /// <summary>The share of tables that show the difference, with its 95 % interval.</summary>
    [CsvIgnore]
    public Proportion Power => Proportion.Of(Shown, Tables);
}
