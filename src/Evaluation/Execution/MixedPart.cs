using System.Reflection;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>A rule that trains some layers of a mixed network.</summary>
internal sealed class MixedPart
{
    private readonly RuleOption[] training;

    /// <param name="layers">The name of the layers; see <see cref="LayerNames"/>.</param>
    public MixedPart(string layers, RuleDescription rule)
    {
        (Layers, Rule) = (layers, rule);
        training =
        [
            .. typeof(MixedPartTraining)
                .GetProperties()
                .Select(property => new RuleOption(
                    property,
                    property.GetCustomAttribute<RuleOptionAttribute>()!,
                    Defaults()
                )),
        ];
        Options = [.. rule.Options.Concat(training).Select(option => option.Within(Prefix))];
    }

    public string Layers { get; }

    public RuleDescription Rule { get; }

    /// <summary>The rule's options and those of its training, under the name of the layers.</summary>
    public IReadOnlyList<RuleOption> Options { get; }

    /// <summary>
    /// The name of an option that both the rule and the training of every part have; null if there is none.
    /// </summary>
    public string? Clash =>
        Rule.Options.Select(option => option.Name).FirstOrDefault(name => training.Any(own => own.Name == name));

    private string Prefix => $"{Layers}.";

    /// <summary>Creates the rule with those settings that are this part's.</summary>
    public ILearningRule Create(IReadOnlyDictionary<string, string> settings) => Rule.Create(OfRule(settings));

    /// <summary>All options of the part with their values, under the name of the layers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Resolve(IReadOnlyDictionary<string, string> settings) =>
        Rule.Resolve(OfRule(settings))
            .Concat(Training(settings).Resolved)
            .Select(option => KeyValuePair.Create(Prefix + option.Key, option.Value));

    /// <summary>The optimizer, the rate and the constraint of the part.</summary>
    /// <param name="factor">What the part's learning rate is multiplied by.</param>
    public OptimizerSettings SettingsOf(IReadOnlyDictionary<string, string> settings, double factor)
    {
        MixedPartTraining chosen = Training(settings).Options;
        return new OptimizerSettings(chosen.Optimizer, chosen.LearningRate * factor, chosen.Constraint);
    }

    private MixedPartTraining Defaults() =>
        new()
        {
            Optimizer = Rule.Attribute.Optimizer,
            LearningRate = Rule.Attribute.LearningRate,
            Constraint = Rule.Attribute.Constraint,
        };

    private (MixedPartTraining Options, Dictionary<string, string> Resolved) Training(
        IReadOnlyDictionary<string, string> settings
    )
    {
        MixedPartTraining chosen = Defaults();
        Dictionary<string, string> resolved = training.ToDictionary(option => option.Name, option => option.Default);
        foreach ((string name, string text) in Own(settings))
        {
            if (training.FirstOrDefault(option => option.Name == name) is { } option)
            {
                resolved[name] = option.Set(chosen, $"{Layers}={Rule.Id}", text);
            }
        }

        return (chosen, resolved);
    }

    private Dictionary<string, string> OfRule(IReadOnlyDictionary<string, string> settings) =>
        Own(settings).Where(setting => training.All(option => option.Name != setting.Name)).ToDictionary();

    private IEnumerable<(string Name, string Text)> Own(IReadOnlyDictionary<string, string> settings) =>
        settings
            .Where(setting => setting.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(setting => (setting.Key[Prefix.Length..], setting.Value));
}

/// <summary>How the changes of one part of a mixed network are applied.</summary>
internal sealed record MixedPartTraining
{
    [RuleOption("the optimizer of this part")]
    public OptimizerKind Optimizer { get; init; }

    [RuleOption("the learning rate of this part", Minimum = 0, Maximum = 1e6)]
    public double LearningRate { get; init; }

    [RuleOption("the weight constraint of this part")]
    public WeightConstraint Constraint { get; init; }
}
