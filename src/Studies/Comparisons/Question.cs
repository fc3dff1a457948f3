using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// A question about rules: are the features of each arm, on each network, better than those of the same network
/// untrained? It is declared before anything runs, and its answer depends on nothing else.
/// </summary>
/// <param name="Networks">Units of the hidden layers of each network.</param>
/// <param name="Terms">On which terms it is decided.</param>
public sealed record Question(
    string DataSet,
    IReadOnlyList<ComparisonArm> Arms,
    IReadOnlyList<int[]> Networks,
    string Probe,
    DecisionTerms Terms
)
{
    /// <summary>Whether every hidden layer is probed, each against the untrained one, or the last alone.</summary>
    public ProbedLayers Layers { get; init; }

    /// <summary>The number of training samples that are used, from the first; 0 for all.</summary>
    public int Limit { get; init; }

    /// <summary>
    /// Passes over the training samples for all arms that do not set their own; null for the rules' own.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>What is made equal between the arms.</summary>
    public Matching Matching { get; init; }

    /// <summary>
    /// Whether every arm's learning rate is searched for on validation samples, and random's initial scale.
    /// </summary>
    public bool SearchesRates { get; init; }

    /// <summary>The first seed.</summary>
    public long FirstSeed { get; init; } = 1;

    /// <summary>The number of seeds, or the most if seeds are added as needed.</summary>
    public int MostSeeds { get; init; }

    /// <summary>Whether seeds are added until all is decided.</summary>
    public bool AddsSeeds { get; init; }

    /// <summary>How pictures become samples, where the data set is a folder of them; else null.</summary>
    public string? Pictures { get; init; }

    /// <summary>The number of comparisons: arms × networks × probed layers.</summary>
    public int Comparisons => Arms.Count * Networks.Sum(hidden => ProbeNames(hidden).Count());

    /// <summary>
    /// A name for folders: the arms and networks as far as they fit, and eight hexadecimal digits that stand for the
    /// whole question.
    /// </summary>
    public string Name
    {
        get
        {
            string rules = string.Join('+', Arms.Select(arm => arm.Rule.Id).Distinct()),
                words = $"{rules}-{string.Join('+', Networks.Select(Units))}";
            string safe = string.Concat(
                words.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '.' ? letter : '-')
            );
            return $"{(safe.Length > 60 ? safe[..60] : safe).Trim('-', '+', '.')}-{Hash}";
        }
    }

    /// <summary>The names of the probes that read a network, as records have them.</summary>
    public IEnumerable<string> ProbeNames(int[] hidden) => Blank(hidden).ProbeNames();

    private string Hash
    {
        get
        {
            string[] declared =
            [
                .. Arms.Select(arm => arm.Label),
                .. Networks.Select(Units),
                Probe,
                KebabCase.From(Layers),
                KebabCase.From(Matching),
                $"{SearchesRates}",
                string.Create(CultureInfo.InvariantCulture, $"{Limit} {Epochs} {FirstSeed} {MostSeeds} {AddsSeeds}"),
                string.Create(CultureInfo.InvariantCulture, $"{Terms.Margin} {Terms.Threshold} {Terms.Estimand}"),
                $"{Pictures}",
            ];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', declared))))[..8];
        }
    }

    private RunSpec Blank(int[] hidden) => Arms[0].Rule.Spec(DataSet, hidden, 1, [Probe]) with { ProbeLayers = Layers };

    private static string Units(int[] hidden) => hidden.Length == 0 ? "no" : string.Join('×', hidden);
}
