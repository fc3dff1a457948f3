using System.Reflection;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Several rules that share a network, each with layers of its own: <c>hidden1=softhebb,output=backprop</c>. Layers
/// that no part names stay as they are drawn. A part keeps its rule's optimizer, rate and constraint unless options
/// set them, such as <c>hidden1.learning-rate</c>; the spec's learning rate is a factor on all of them. What the
/// layers have in common comes from the rule of the lowest part, the activation of the output from that of the highest.
/// </summary>
internal sealed class MixedRule : RuleDescription
{
    private readonly MixedPart[] parts;

    private MixedRule(MixedPart[] parts)
        : base(AttributeOf(parts))
    {
        this.parts = parts;
        Options = [.. parts.SelectMany(part => part.Options)];
    }

    /// <inheritdoc/>
    public override Supervision Supervision => parts.Max(part => part.Rule.Supervision);

    /// <inheritdoc/>
    public override Locality Locality => Locality.Network;

    /// <inheritdoc/>
    public override bool Infers => false;

    /// <inheritdoc/>
    public override bool IsMixed => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Assembly> Assemblies =>
        [.. parts.SelectMany(part => part.Rule.Assemblies).Distinct()];

    /// <inheritdoc/>
    public override IReadOnlyList<RuleOption> Options { get; }

    /// <summary>Whether a rule's name is that of a mixed rule.</summary>
    public static bool IsNamed(string id) => id.Contains('=', StringComparison.Ordinal);

    /// <summary>Reads a mixed rule: parts LAYERS=RULE, separated by commas or plus signs.</summary>
    /// <param name="find">Finds a rule by its id.</param>
    /// <exception cref="SpecificationException">A layer's name or a rule is unknown, or a rule cannot be a
    /// part.</exception>
    public static MixedRule Parse(string text, Func<string, RuleDescription> find)
    {
        List<MixedPart> parts = [];
        foreach (string part in text.Split(',', '+'))
        {
            string[] sides = part.Split('=', 2);
            if (sides.Length < 2 || IsNamed(sides[1]) || LayerNames.Canonical(sides[0]) is not { } layers)
            {
                throw new SpecificationException(
                    $"--rule {text}: '{part}' is no part; a part is LAYERS=RULE, with hidden1, hidden2, …, hidden (all "
                        + "others below the output) or output"
                );
            }

            if (parts.Any(known => known.Layers == layers))
            {
                throw new SpecificationException($"--rule {text}: {layers} has two rules; leave one out");
            }

            parts.Add(new MixedPart(layers, find(sides[1])));
            if (parts[^1].Clash is { } clash)
            {
                throw new SpecificationException(
                    $"--rule {text}: {sides[1]} has an option named {clash}, as every part of a mixed network has; "
                        + "rename the rule's"
                );
            }

            if (parts[^1].Rule.Infers)
            {
                throw new SpecificationException(
                    $"--rule {text}: {sides[1]} has inference of its own for all layers, so it is no part of a mixed "
                        + "network; use it alone"
                );
            }
        }

        return new MixedRule([.. parts.OrderBy(part => LayerNames.Order(part.Layers))]);
    }

    /// <inheritdoc/>
    public override ILearningRule Create(IReadOnlyDictionary<string, string> settings)
    {
        CheckNames(settings);
        return new RuleMixture([.. parts.Select(part => (part.Layers, part.Create(settings)))]);
    }

    /// <inheritdoc/>
    public override SortedDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings)
    {
        CheckNames(settings);
        return new SortedDictionary<string, string>(
            parts.SelectMany(part => part.Resolve(settings)).ToDictionary(),
            StringComparer.Ordinal
        );
    }

    /// <inheritdoc/>
    public override Func<int, OptimizerSettings> SettingsOf(RunSpec spec)
    {
        if (spec.Optimizer != Attribute.Optimizer || spec.Constraint != Attribute.Constraint)
        {
            throw new SpecificationException(
                $"--optimizer and --constraint: {Id} has those of its parts; use --set {parts[0].Layers}.optimizer=NAME"
                    + $" and --set {parts[0].Layers}.constraint=NAME"
            );
        }

        if (parts.FirstOrDefault(part => LayerNames.Number(part.Layers) > spec.Hidden.Length) is { } missing)
        {
            throw new SpecificationException(
                $"--rule {Id}: there is no {missing.Layers}, the network has {spec.Hidden.Length} hidden layer(s); "
                    + "give --hidden more layers, or leave the part out"
            );
        }

        string[] names = [.. parts.Select(part => part.Layers)];
        int?[] partOf =
        [
            .. Enumerable
                .Range(0, spec.Hidden.Length + 1)
                .Select(layer => LayerNames.IndexOf(names, layer, spec.Hidden.Length)),
        ];
        if (Enumerable.Range(0, parts.Length).Where(part => !partOf.Contains(part)).ToArray() is [var idle, ..])
        {
            throw new SpecificationException(
                $"--rule {Id}: no layer is left for {names[idle]}; leave the part out, or give --hidden more layers"
            );
        }

        OptimizerSettings[] settings =
        [
            .. partOf.Select(part =>
                part is { } index
                    ? parts[index].SettingsOf(spec.RuleOptions, spec.LearningRate)
                    : new OptimizerSettings(spec.Optimizer, 0, WeightConstraint.None)
            ),
        ];
        return layer => settings[layer];
    }

    private static LearningRuleAttribute AttributeOf(MixedPart[] parts)
    {
        LearningRuleAttribute low = parts[0].Rule.Attribute;
        return new LearningRuleAttribute(string.Join(',', parts.Select(part => $"{part.Layers}={part.Rule.Id}")))
        {
            Summary = "a network whose layers learn by different rules",
            Family = "mixed",
            Source = string.Join("; ", parts.Select(part => part.Rule.Attribute.Source).Distinct()),
            LearningRate = 1,
            Epochs = parts.Max(part => part.Rule.Attribute.Epochs),
            Batch = low.Batch,
            Activation = low.Activation,
            Output = parts[^1].Rule.Attribute.Output,
            Initialization = low.Initialization,
            NeedsClasses = parts.Any(part => part.Rule.Attribute.NeedsClasses),
            SumsOverColumns = parts.Any(part => part.Rule.Attribute.SumsOverColumns),
        };
    }

    private void CheckNames(IReadOnlyDictionary<string, string> settings)
    {
        foreach ((string name, string text) in settings)
        {
            if (Options.All(option => option.Name != name))
            {
                throw new SpecificationException(
                    $"--set {name}={text}: rule {Id} has no such option; there are: "
                        + string.Join(", ", Options.Select(option => option.Name))
                );
            }
        }
    }
}
