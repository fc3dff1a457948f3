using System.Globalization;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// A rule in a comparison, with what of its training and its options is set otherwise than the rule has it:
/// <c>softhebb[temperature=0.5,epochs=5]</c>.
/// </summary>
/// <param name="Label">The arm as it was written, without white space.</param>
public sealed record ComparisonArm(string Label, RuleDescription Rule, IReadOnlyDictionary<string, string> Settings)
{
    // What can be set for every rule, unless the rule has an option of that name.
    private static readonly Dictionary<string, Func<RunSpec, string, RunSpec>> Training = new(StringComparer.Ordinal)
    {
        ["epochs"] = (spec, text) => spec with { Epochs = Whole(text) },
        ["batch"] = (spec, text) => spec with { Batch = Whole(text) },
        ["optimizer"] = (spec, text) => spec with { Optimizer = Name<OptimizerKind>(text) },
        ["learning-rate"] = (spec, text) => spec with { LearningRate = Number(text) },
        ["schedule"] = (spec, text) => spec with { Schedule = text },
        ["layerwise"] = (spec, text) => spec with { Layerwise = Truth(text) },
        ["norm"] = (spec, text) => spec with { Normalization = Name<Normalization>(text) },
        ["activation"] = (spec, text) => spec with { Activation = text },
        ["init"] = (spec, text) => spec with { Initialization = Name<Initialization>(text) },
        ["init-scale"] = (spec, text) => spec with { InitialScale = Number(text) },
        ["constraint"] = (spec, text) => spec with { Constraint = Name<WeightConstraint>(text) },
    };

    /// <summary>The rule as it is.</summary>
    public static ComparisonArm Of(RuleDescription rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new ComparisonArm(rule.Id, rule, new Dictionary<string, string>());
    }

    /// <summary>Reads arms that are separated by commas, each one once.</summary>
    /// <exception cref="SpecificationException">A rule or a setting is unknown, or a bracket is missing.</exception>
    public static IReadOnlyList<ComparisonArm> Parse(string text, RuleCatalog rules)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rules);
        return [.. Split(text).Select(part => ParseOne(part, rules)).DistinctBy(arm => arm.Label)];
    }

    /// <summary>A run of the arm; its learning rate is the one that was set, else the rule's own.</summary>
    /// <exception cref="SpecificationException">A setting cannot be read.</exception>
    public RunSpec Spec(string dataSet, int[] hidden, long seed, IReadOnlyList<string> probes)
    {
        ILookup<bool, KeyValuePair<string, string>> byOwner = Settings.ToLookup(setting => IsOption(Rule, setting.Key));
        RunSpec spec = Rule.Spec(dataSet, hidden, seed, probes, byOwner[true].ToDictionary());
        foreach ((string name, string value) in byOwner[false])
        {
            try
            {
                spec = Training[name](spec, value);
            }
            catch (FormatException exception)
            {
                throw new SpecificationException($"--rules {Label}: {name}={value}: {exception.Message}", exception);
            }
        }

        return spec;
    }

    /// <summary>Whether a name is set for the arm.</summary>
    public bool Sets(string name) => Settings.ContainsKey(name);

    private static ComparisonArm ParseOne(string text, RuleCatalog rules)
    {
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
        {
            return Of(rules[text]);
        }

        if (!text.EndsWith(']'))
        {
            throw new SpecificationException($"--rules {text}: '[' without ']' at the end");
        }

        RuleDescription rule = rules[text[..bracket]];
        Dictionary<string, string> settings = [];
        foreach (string setting in text[(bracket + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0 || !settings.TryAdd(parts[0], parts[1]))
            {
                throw new SpecificationException($"--rules {text}: '{setting}': name=value, each name once");
            }

            if (!Training.ContainsKey(parts[0]) && !IsOption(rule, parts[0]))
            {
                throw new SpecificationException(
                    $"--rules {text}: nothing is called {parts[0]}; there are: "
                        + string.Join(", ", Training.Keys.Concat(rule.Options.Select(option => option.Name)))
                );
            }
        }

        return new ComparisonArm(text, rule, settings);
    }

    /// <summary>
    /// Whether a name is that of an option of the rule, even if all rules have a setting of that name.
    /// </summary>
    private static bool IsOption(RuleDescription rule, string name) => rule.Options.Any(option => option.Name == name);

    /// <summary>Splits at commas outside of brackets.</summary>
    private static IEnumerable<string> Split(string text)
    {
        int depth = 0,
            start = 0;
        string bare = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        for (int i = 0; i <= bare.Length; i++)
        {
            char letter = i < bare.Length ? bare[i] : ',';
            depth +=
                letter == '[' ? 1
                : letter == ']' ? -1
                : 0;
            if (i == bare.Length || (letter == ',' && depth == 0))
            {
                if (i > start)
                {
                    yield return bare[start..i];
                }

                start = i + 1;
            }
        }
    }

    private static int Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException("a whole number");

    private static bool Truth(string text) =>
        bool.TryParse(text, out bool truth) ? truth : throw new FormatException("true or false");

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : throw new FormatException("a number");

    private static T Name<T>(string text)
        where T : struct, Enum
    {
        Dictionary<string, object> names = KebabCase.Values(typeof(T));
        return names.TryGetValue(text, out object? value)
            ? (T)value
            : throw new FormatException($"one of {string.Join(", ", names.Keys)}");
    }
}
