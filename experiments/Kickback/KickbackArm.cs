using CsvHelper;
using Reproduction.Network;

[assembly: CsvConverter(typeof(KebabConverter<Initialization>))]
[assembly: CsvConverter(typeof(KebabConverter<OptimizerKind>))]
[assembly: CsvConverter(typeof(KebabConverter<Normalization>))]

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// What is compared: a rule on networks of some depth, drawn, normalised and optimised in some way. Its learning rate
/// is searched for.
/// </summary>
/// <param name="Depth">The number of hidden layers, without output nodes.</param>
/// <param name="Hops">The layers that Kickback's influence is followed through; null for other rules.</param>
/// <param name="Influence">The influence of Kickback's units; empty for other rules.</param>
/// <param name="NormalizationPass">How Kickback's influence passes a normalisation; empty for other rules.</param>
/// <param name="Targets">See <see cref="RunSpec.Targets"/>.</param>
[CsvRecord]
internal sealed partial record KickbackArm(
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

    /// <summary>What <see cref="Signs"/> means, for the notes below tables and figures.</summary>
    public const string SignsExplained =
        "Random signs: N(0, 2/n). Sign-matched: |N(0, 2/n)| with the sign of the unit it leads to. Scaled: the same "
        + "with σ = 2.5/n.";

    /// <summary>The rule and the initial weights in words.</summary>
    [CsvIgnore]
    public string Label => $"{RuleName}, {Signs(Initialization)}";

    /// <summary>The rule's style on figures; its lines tell initial weights apart.</summary>
    [CsvIgnore]
    public SeriesStyle Style =>
        SeriesStyles.OfRule(Rule) with
        {
            Line = Initialization switch
            {
                Initialization.SignMatchedScaled => SeriesLine.Solid,
                Initialization.SignMatched => SeriesLine.Dotted,
                _ => SeriesLine.Dashed,
            },
        };

    private string RuleName =>
        Rule == BackpropRule ? "Backprop"
        : Influence == Constant ? "Error diffusion"
        : NormalizationPass == Scale ? "Kickback by scale"
        : "Kickback";

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

    /// <summary>The initial weights in words.</summary>
    public static string Signs(Initialization initialization) =>
        initialization switch
        {
            Initialization.SignMatched => "sign-matched",
            Initialization.SignMatchedScaled => "scaled",
            _ => "random signs",
        };
}
