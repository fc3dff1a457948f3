using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// What is compared: a rule on networks of some depth, drawn, normalised and optimised in some way. Its learning rate
/// is searched for.
/// </summary>
/// <param name="Hops">Of Kickback's influence; null for other rules.</param>
/// <param name="Influence">Of Kickback's units; empty for other rules.</param>
/// <param name="NormalizationPass">How Kickback's influence passes through a normalisation; empty for other
/// rules.</param>
/// <param name="Targets">Of <see cref="RunSpec.Targets"/>.</param>
internal sealed record KickbackArm(
    string Rule,
    Initialization Initialization,
    OptimizerKind Optimizer,
    Normalization Normalization,
    int Depth,
    int? Hops,
    string Influence,
    string NormalizationPass,
    string Targets
)
{
    public const string KickbackRule = "kickback";
    public const string BackpropRule = "backprop";
    public const string Truncated = "truncated";
    public const string Constant = "constant";
    public const string Exact = "exact";
    public const string Scale = "scale";

    /// <summary>The columns that name an arm in tables of results.</summary>
    public static readonly string[] Columns =
    [
        "rule",
        "initialization",
        "optimizer",
        "normalization",
        "depth",
        "hops",
        "influence",
        "normalizationPass",
        "targets",
    ];

    /// <summary>The arm's cells under <see cref="Columns"/>.</summary>
    public object?[] Cells =>
        [
            Rule,
            KebabCase.From(Initialization),
            KebabCase.From(Optimizer),
            KebabCase.From(Normalization),
            Depth,
            Hops,
            Influence,
            NormalizationPass,
            Targets,
        ];

    /// <summary>What its rows are found by.</summary>
    public string Key => string.Join('|', Cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture)));

    /// <summary>The same of a row of a table with <see cref="Columns"/>.</summary>
    public static string KeyOf(ResultTable table, string[] row) =>
        string.Join('|', Columns.Select(column => table.Text(row, column)));

    /// <summary>The rule and the initial weights in words.</summary>
    public string Label =>
        $"{(Rule == BackpropRule ? "Backprop" : Influence == Constant ? "Error diffusion" : NormalizationPass == Scale ? "Kickback by scale" : "Kickback")}, "
        + $"{Signs(Initialization)}";

    public static KickbackArm Kickback(
        Initialization initialization,
        OptimizerKind optimizer,
        Normalization normalization,
        int depth,
        int hops = 1,
        string influence = Truncated,
        string normalizationPass = Exact
    ) =>
        new(
            KickbackRule,
            initialization,
            optimizer,
            normalization,
            depth,
            hops,
            influence,
            normalizationPass,
            KickbackProtocol.Target
        );

    public static KickbackArm Backprop(
        Initialization initialization,
        OptimizerKind optimizer,
        Normalization normalization,
        int depth
    ) => new(BackpropRule, initialization, optimizer, normalization, depth, null, "", "", KickbackProtocol.Target);

    /// <summary>The arm that a run belongs to.</summary>
    public static KickbackArm Of(RunSpec spec) =>
        new(
            spec.Rule,
            spec.Initialization,
            spec.Optimizer,
            spec.Normalization,
            spec.Hidden.Length,
            spec.RuleOptions.TryGetValue("hops", out string? hops)
                ? int.Parse(hops, CultureInfo.InvariantCulture)
                : null,
            spec.RuleOptions.GetValueOrDefault("influence", ""),
            spec.RuleOptions.GetValueOrDefault("normalization-pass", ""),
            spec.Targets
        );

    /// <summary>What <see cref="Signs"/> means, for the notes below tables and figures.</summary>
    public const string SignsExplained =
        "Random signs: N(0, 2/n). Sign-matched: |N(0, 2/n)| with the sign of the unit it leads to. "
        + "Scaled: the same with σ = 2.5/n.";

    /// <summary>The initial weights in words.</summary>
    public static string Signs(Initialization initialization) =>
        initialization switch
        {
            Initialization.SignMatched => "sign-matched",
            Initialization.SignMatchedScaled => "scaled",
            _ => "random signs",
        };
}
