using MathNet.Numerics.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C11: good accuracy goes with many dead neurons. Tested is whether it does among networks of one rule and width.
/// </summary>
internal static class C11DeadNeuronsGoWithAccuracy
{
    private const string Experiment = "dead-neurons";

    // Fewer seeds have no variance of Fisher's z.
    private const int FewestSeeds = 4;

    // Fisher's z is infinite at a correlation of 1.
    private const double LargestCorrelation = 0.999;

    public static IEnumerable<Claim> Claims => Evidences.DataSets.Select(On);

    private static Claim On(string dataSet) =>
        new(
            $"C11/{dataSet}",
            Evidences.In("text, without a number"),
            "Of networks of one rule and width, those with more dead neurons are more accurate",
            Claim.NoNumber,
            dataSet,
            Evidences.Id(Experiment),
            "shown: the rank correlation of ridge accuracy with the share of dead neurons, over the seeds of a rule "
                + "and width and combined over these, lies above 0; across rules and widths both grow for other "
                + "reasons",
            Decide
        );

    /// <summary>
    /// Rules and widths differ in both for many reasons; what is left within a rule and width is what dead neurons have
    /// to do with accuracy. Fisher's z of the rank correlations over seeds is averaged with weights by their number
    /// (Bonett and Wright 2000 for the variance).
    /// </summary>
    private static Finding Decide(Evidence evidence)
    {
        IEnumerable<DeadNeuronRow> rows = evidence
            .Table<DeadNeuronRow>(Experiment, Experiment)
            .Where(row =>
                row.Control == DeadNeurons.Trained
                && row.Rule != PublishedProtocol.Random.Name
                && row.RidgeAccuracy is not null
            );
        double[][] dead = [],
            accuracy = [];
        foreach (IGrouping<(string, int), DeadNeuronRow> cell in rows.GroupBy(row => (row.Rule, row.Width)))
        {
            dead = [.. dead, [.. cell.Select(row => 1 - row.Live!.Value)]];
            accuracy = [.. accuracy, [.. cell.Select(row => row.RidgeAccuracy!.Value)]];
        }

        (double Z, double Weight, int Seeds)[] cells =
        [
            .. dead.Zip(accuracy).Where(cell => HasCorrelation(cell.First, cell.Second)).Select(FisherZ),
        ];
        if (cells.Length == 0)
        {
            throw new MissingEvidenceException("no rule and width has more than three seeds that differ");
        }

        double weights = cells.Sum(cell => cell.Weight);
        Quantity combined = Quantity.Correlation(
            $"rank correlation within {cells.Length} rules and widths",
            cells.Sum(cell => cell.Weight * cell.Z) / weights,
            1 / Math.Sqrt(weights),
            cells.Max(cell => cell.Seeds)
        );
        return new Finding(
            combined.Above(0),
            Across([.. dead.Select(values => values.Average())], [.. accuracy.Select(values => values.Average())])
        );
    }

    private static bool HasCorrelation(double[] x, double[] y) =>
        x.Length >= FewestSeeds && x.Distinct().Count() > 1 && y.Distinct().Count() > 1;

    private static (double Z, double Weight, int Seeds) FisherZ((double[] X, double[] Y) cell)
    {
        double rho = Math.Clamp(Correlation.Spearman(cell.X, cell.Y), -LargestCorrelation, LargestCorrelation);
        return (Math.Atanh(rho), (cell.X.Length - 3) / (1 + (rho * rho / 2)), cell.X.Length);
    }

    private static string Across(double[] dead, double[] accuracy) =>
        dead.Distinct().Count() > 1
            ? $"over the {dead.Length} means of rules and widths "
                + $"{Cells.Signed(Correlation.Spearman(dead, accuracy), 2)}, for both grow with width"
            : "";
}
