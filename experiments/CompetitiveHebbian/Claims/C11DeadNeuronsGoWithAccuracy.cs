using MathNet.Numerics.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C11: good accuracy goes with many dead neurons.</summary>
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
            "text",
            "Good accuracy goes with many dead neurons",
            "in words",
            dataSet,
            Evidences.Id(Experiment),
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

        double weights = cells.Sum(cell => cell.Weight),
            z = cells.Sum(cell => cell.Weight * cell.Z) / weights,
            half = 1.96 / Math.Sqrt(weights);
        string across = Across([.. dead.Select(values => values.Average())], [.. accuracy.Select(v => v.Average())]);
        string value =
            "rank correlation of ridge accuracy with the dead share over the seeds of a rule and width, "
            + $"{cells.Length} of them combined: {Correlated(z)} [{Correlated(z - half)}, "
            + $"{Correlated(z + half)}]{across}";
        return Finding.Of(value, Math.Tanh(z - half) > 0, cells.Max(cell => cell.Seeds));
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
            ? $"; over the {dead.Length} means of rules and widths "
                + $"{Cells.Signed(Correlation.Spearman(dead, accuracy), 2)}, for both grow with width"
            : "";

    private static string Correlated(double z) => Cells.Signed(Math.Tanh(z), 2);
}
