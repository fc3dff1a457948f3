using MathNet.Numerics.Distributions;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>What several claims read from the saved tables, and how they spell it.</summary>
internal static class Evidences
{
    public const string Mnist = PrintedValues.Mnist;
    public const string Cifar10 = PrintedValues.Cifar10;

    /// <summary>The data sets that the paper prints numbers for.</summary>
    public static readonly string[] DataSets = [Mnist, Cifar10];

    /// <summary>The condition of the networks as published.</summary>
    public static readonly string Published = KebabCase.From(Setup.Published);

    /// <summary>The id of one of the paper's experiments.</summary>
    public static string Id(string experiment) => $"{PublishedProtocol.Paper}/{experiment}";

    /// <summary>The table of an experiment that has one table of probe accuracies, of its own name.</summary>
    public static ProbeTable Probes(Evidence evidence, string experiment) =>
        new(evidence.Table<ProbeRow>(experiment, experiment));

    /// <summary>The Gini coefficients of table 2.</summary>
    public static IReadOnlyList<GiniRow> Table2(Evidence evidence) => evidence.Table<GiniRow>("table-2", "table-2");

    /// <summary>A column of the Gini coefficients of a rule as published, at every width.</summary>
    public static (int Width, SeedInterval Value)[] Ginis(
        IReadOnlyList<GiniRow> rows,
        PaperRule rule,
        string layer,
        Func<GiniRow, double?> column
    )
    {
        GiniTable data = new(rows);
        SeedInterval At(int width)
        {
            double[] values = [.. data.Values(rule.Name, Published, width, layer, column).OfType<double>()];
            return values.Length > 0
                ? SeedInterval.Of(values)
                : throw new MissingEvidenceException($"{rule.Name} at {width} units came to no end");
        }

        return [.. PublishedProtocol.Widths.Select(width => (width, At(width)))];
    }

    /// <summary>The smallest number of seeds of several widths.</summary>
    public static int Seeds((int Width, SeedInterval Value)[] values) => values.Min(value => value.Value.Count);

    /// <summary>The interval of values by seed.</summary>
    /// <param name="of">What the values are of, for the message where there are none.</param>
    public static SeedInterval Interval(IReadOnlyDictionary<long, double> values, string of) =>
        values.Count > 0
            ? SeedInterval.Of([.. values.Values])
            : throw new MissingEvidenceException($"no seed has all of {of}");

    /// <summary>
    /// The lower end of a 95 % interval that holds for several comparisons together (Bonferroni); minus infinity for a
    /// single seed.
    /// </summary>
    public static double LowerEnd(SeedInterval value, int comparisons) =>
        value.HasInterval ? value.Mean - Half(value, 0.025 / comparisons) : double.NegativeInfinity;

    /// <summary>Half the width of a Student interval that leaves out a share of the distribution on one side.</summary>
    public static double Half(SeedInterval value, double tail) =>
        value.HalfWidth * Quantile(value, tail) / Quantile(value, 0.025);

    /// <summary>"32: 0.12 ± 0.01, 128: …".</summary>
    public static string List((int Width, SeedInterval Value)[] values) =>
        string.Join(", ", values.Select(value => $"{value.Width}: {Interval(value.Value, 2)}"));

    /// <summary>"0.12 ± 0.01".</summary>
    public static string Interval(SeedInterval value, int decimals)
    {
        string half = value.HasInterval ? $" ± {Cells.Number(value.HalfWidth, decimals)}" : "";
        return Cells.Number(value.Mean, decimals).Replace('-', '−') + half;
    }

    /// <summary>"+1.2 ± 0.3", in points.</summary>
    public static string Points(SeedInterval value)
    {
        string half = value.HasInterval ? $" ± {Cells.Number(value.HalfWidth, 1)}" : "";
        return Cells.Signed(value.Mean, 1) + half;
    }

    private static double Quantile(SeedInterval value, double tail) => -StudentT.InvCDF(0, 1, value.Count - 1, tail);
}
