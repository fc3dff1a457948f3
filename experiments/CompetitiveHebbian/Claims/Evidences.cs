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

    /// <summary>A table or figure of the paper, whose text and code were at hand.</summary>
    public static ClaimSource In(string place) => new(PublishedProtocol.PaperTitle, place, ClaimBasis.FullText);

    /// <summary>A statement of the text that is known from a summary of it.</summary>
    public static ClaimSource Text { get; } = new(PublishedProtocol.PaperTitle, "text", ClaimBasis.Summary);

    /// <summary>The id of one of the paper's experiments.</summary>
    public static string Id(string experiment) => $"{PublishedProtocol.Paper}/{experiment}";

    /// <summary>The runs of an experiment with some arms.</summary>
    public static ClaimNeed Runs(string experiment, Func<PaperArm, bool> isNeeded) =>
        ClaimNeed.Of(experiment, isNeeded);

    /// <summary>
    /// The probe accuracies of an experiment, with the test samples that its probes got right, where they are kept.
    /// </summary>
    public static ProbeTable Probes(Evidence evidence, string experiment) =>
        new(
            evidence.Table<ProbeRow>(experiment, experiment),
            evidence.Table<CorrectRow>(experiment, CorrectRow.NameOf(experiment))
        );

    /// <summary>The Gini coefficients of table 2.</summary>
    public static IReadOnlyList<GiniRow> Table2(Evidence evidence) => evidence.Table<GiniRow>("table-2", "table-2");

    /// <summary>A column of the Gini coefficients of a rule as published, at every width.</summary>
    /// <param name="name">What the column is, before "at 32 units".</param>
    public static IReadOnlyList<Quantity> Ginis(
        IReadOnlyList<GiniRow> rows,
        PaperRule rule,
        string layer,
        string name,
        Func<GiniRow, double?> column
    )
    {
        GiniTable data = new(rows);
        return
        [
            .. PublishedProtocol.Widths.Select(width =>
                Mean($"{name} at {width}", data.Values(rule.Name, Published, width, layer, column))
            ),
        ];
    }

    /// <summary>The mean of values over seeds; null is a run that diverged.</summary>
    public static Quantity Mean(string name, IEnumerable<double?> values) =>
        Quantity.Mean(name, [.. values.Select(value => value ?? double.NaN)]);
}
