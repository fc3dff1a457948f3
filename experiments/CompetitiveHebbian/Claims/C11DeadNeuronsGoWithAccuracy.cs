using MathNet.Numerics.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C11: good accuracy goes with many dead neurons. Tested is whether it does among networks of one rule and width.
/// </summary>
internal static class C11DeadNeuronsGoWithAccuracy
{
    private const string Experiment = "dead-neurons";

    // With fewer seeds left, ranks say nothing.
    private const int FewestSeeds = 4;

    // Fisher's z is infinite at a correlation of 1.
    private const double LargestCorrelation = 0.999;

    // A correlation that is smaller is none.
    private const double Slight = 0.1;

    public static IEnumerable<Claim> Claims => Evidences.DataSets.Select(On);

    private static Claim On(string dataSet) =>
        new(
            $"C11/{dataSet}",
            Evidences.Text,
            "Of networks of one rule and width, those with more dead neurons are more accurate",
            Claim.NoNumber,
            dataSet,
            Evidences.Id(Experiment),
            "shown: the rank correlation of ridge accuracy with the share of dead neurons over the seeds of a rule and "
                + "width, mean of these by Fisher's z, lies above 0; refuted: below 0.1",
            Decide
        )
        {
            // The paper never used the ridge probe.
            Kind = ClaimKind.Finding,
            Needs =
            [
                Evidences.Runs(
                    Experiment,
                    arm => arm.Condition == DeadNeurons.Trained && arm.Rule != PublishedProtocol.Random
                ),
            ],
        };

    /// <summary>
    /// Rules and widths differ in both for many reasons; what is left within a rule and width is what dead neurons have
    /// to do with accuracy. Rules share initial weights at a seed, so the interval comes from leaving out seeds of all
    /// of them together.
    /// </summary>
    private static Finding Decide(Evidence evidence)
    {
        DeadNeuronRow[] rows =
        [
            .. evidence
                .Table<DeadNeuronRow>(Experiment, Experiment)
                .Where(row =>
                    row.Control == DeadNeurons.Trained
                    && row.Rule != PublishedProtocol.Random.Name
                    && row.RidgeAccuracy is not null
                ),
        ];
        long[] seeds = [.. rows.Select(row => row.Seed).Distinct()];
        double[] leavingOut = [.. seeds.Select(seed => MeanZ(rows.Where(row => row.Seed != seed))).OfType<double>()];
        if (MeanZ(rows) is not { } z || leavingOut.Length < seeds.Length)
        {
            throw new MissingEvidenceException("no rule and width has more than four seeds that differ");
        }

        (double[] Dead, double[] Accuracy)[] cells = [.. CellsOf(rows)];
        return new Finding(
            Quantity.Correlation("rank correlation within a rule and width", z, leavingOut).Above(0, Slight),
            Across([.. cells.Select(cell => cell.Dead.Average())], [.. cells.Select(cell => cell.Accuracy.Average())])
        );
    }

    /// <summary>The mean of Fisher's z over rules and widths; null if none has a correlation.</summary>
    private static double? MeanZ(IEnumerable<DeadNeuronRow> rows)
    {
        double[] each =
        [
            .. from cell in CellsOf(rows)
            where cell.Dead.Length >= FewestSeeds
            where cell.Dead.Distinct().Count() > 1 && cell.Accuracy.Distinct().Count() > 1
            let rho = Correlation.Spearman(cell.Dead, cell.Accuracy)
            select Math.Atanh(Math.Clamp(rho, -LargestCorrelation, LargestCorrelation)),
        ];
        return each.Length > 0 ? each.Average() : null;
    }

    /// <summary>The shares of dead neurons and the accuracies of each rule and width.</summary>
    private static IEnumerable<(double[] Dead, double[] Accuracy)> CellsOf(IEnumerable<DeadNeuronRow> rows) =>
        from cell in rows.GroupBy(row => (row.Rule, row.Width))
        select (
            cell.Select(row => 1 - row.Live!.Value).ToArray(),
            cell.Select(row => row.RidgeAccuracy!.Value).ToArray()
        );

    private static string Across(double[] dead, double[] accuracy) =>
        dead.Distinct().Count() > 1
            ? $"over the {dead.Length} means of rules and widths "
                + $"{Cells.Signed(Correlation.Spearman(dead, accuracy), 2)}, for both grow with width"
            : "";
}
