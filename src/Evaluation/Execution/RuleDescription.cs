using System.Reflection;
using System.Text.RegularExpressions;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>A learning rule as the harness knows it: by its attribute and its options, never by its type.</summary>
public sealed partial class RuleDescription
{
    private readonly Type type;
    private readonly Type? optionsType;

    internal RuleDescription(Type type, LearningRuleAttribute attribute)
    {
        this.type = type;
        Attribute = attribute;
        if (!IdPattern().IsMatch(attribute.Id))
        {
            throw new SpecificationException(
                $"rule '{attribute.Id}' ({type.FullName}): an id is lower-case letters, digits and hyphens"
            );
        }

        ConstructorInfo[] constructors = type.GetConstructors();
        ParameterInfo[]? parameters = constructors.Length == 1 ? constructors[0].GetParameters() : null;
        if (!typeof(ILearningRule).IsAssignableFrom(type) || parameters is null || parameters.Length > 1)
        {
            throw new SpecificationException(
                $"rule {attribute.Id} ({type.FullName}): needs {nameof(ILearningRule)} and one public "
                    + "constructor that takes its options record or nothing"
            );
        }

        optionsType = parameters.FirstOrDefault()?.ParameterType;
        Options = optionsType is null
            ? []
            :
            [
                .. from property in optionsType.GetProperties()
                let option = property.GetCustomAttribute<RuleOptionAttribute>()
                where option is not null
                select new RuleOption(property, option, NewOptions()),
            ];
        ILearningRule rule = Create(new Dictionary<string, string>());
        try
        {
            (Supervision, Locality) = (rule.Supervision, rule.Locality);
        }
        catch (Exception exception)
        {
            throw NotMade(exception);
        }
    }

    public LearningRuleAttribute Attribute { get; }

    public string Id => Attribute.Id;

    /// <summary>What the rule is told about targets or errors, under its default options.</summary>
    public Supervision Supervision { get; }

    /// <summary>What a layer's change depends on, under the rule's default options.</summary>
    public Locality Locality { get; }

    /// <summary>The assembly that contains the rule's class.</summary>
    public Assembly Assembly => type.Assembly;

    /// <summary>The names of the rule's class and of its assembly, for messages.</summary>
    internal string TypeName => $"{type.FullName} of {type.Assembly.GetName().Name}";

    public IReadOnlyList<RuleOption> Options { get; }

    /// <summary>Creates the rule.</summary>
    /// <param name="settings">Options by name; options that are left out keep their defaults.</param>
    /// <exception cref="SpecificationException">An option is unknown or its value out of range.</exception>
    public ILearningRule Create(IReadOnlyDictionary<string, string> settings) => Build(settings).Rule;

    /// <summary>All options with their values, spelled as in a spec.</summary>
    /// <exception cref="SpecificationException">An option is unknown or its value out of range.</exception>
    public SortedDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings) =>
        Build(settings).Settings;

    /// <summary>Creates a spec with the training set-up of the rule's source.</summary>
    /// <param name="options">The rule's options that differ from their defaults.</param>
    public RunSpec Spec(
        string dataSet,
        int[] hidden,
        long seed,
        IReadOnlyList<string> probes,
        IReadOnlyDictionary<string, string>? options = null
    )
    {
        Supervision supervision = Create(options ?? new Dictionary<string, string>()).Supervision;
        return new RunSpec
        {
            DataSet = dataSet,
            Targets = supervision == Supervision.ScalarError ? RunSpec.EachTarget : RunSpec.AllTargets,
            Output =
                Attribute.Output == new Softmax().Name
                && (DataSets.Regressions.Contains(dataSet) || supervision == Supervision.ScalarError)
                    ? new Identity().Name
                    : Attribute.Output,
            Hidden = hidden,
            Rule = Id,
            RuleOptions = Chosen(options ?? new Dictionary<string, string>()),
            HoldOutValidation = supervision != Supervision.None,
            Initialization = Attribute.Initialization,
            Optimizer = Attribute.Optimizer,
            LearningRate = Attribute.LearningRate,
            Constraint = Attribute.Constraint,
            Epochs = Attribute.Epochs,
            Batch = Attribute.Batch,
            Activation = Attribute.Activation,
            Seed = seed,
            Probes = [.. probes.Distinct().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The options whose values differ from their defaults, spelled as in a spec.</summary>
    private SortedDictionary<string, string> Chosen(IReadOnlyDictionary<string, string> settings)
    {
        SortedDictionary<string, string> resolved = Resolve(settings);
        foreach (RuleOption option in Options.Where(option => resolved[option.Name] == option.Default))
        {
            resolved.Remove(option.Name);
        }

        return resolved;
    }

    private (ILearningRule Rule, SortedDictionary<string, string> Settings) Build(
        IReadOnlyDictionary<string, string> settings
    )
    {
        SortedDictionary<string, string> resolved = new(
            Options.ToDictionary(option => option.Name, option => option.Default),
            StringComparer.Ordinal
        );
        object? options = optionsType is null ? null : NewOptions();
        foreach ((string name, string text) in settings)
        {
            RuleOption option =
                Options.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new SpecificationException(
                    $"--set {name}={text}: rule {Id} has no such option; "
                        + (
                            Options.Count == 0
                                ? "it has none"
                                : $"there are: {string.Join(", ", Options.Select(o => o.Name))}"
                        )
                );
            resolved[name] = option.Set(options!, Id, text);
        }

        try
        {
            return ((ILearningRule)Activator.CreateInstance(type, options is null ? [] : [options])!, resolved);
        }
        catch (TargetInvocationException exception)
        {
            throw NotMade(exception.InnerException!);
        }
    }

    private object NewOptions()
    {
        try
        {
            return Activator.CreateInstance(optionsType!)!;
        }
        catch (Exception exception) when (exception is TargetInvocationException or MissingMethodException)
        {
            throw NotMade(exception.InnerException ?? exception);
        }
    }

    private SpecificationException NotMade(Exception cause) =>
        new(
            $"rule {Id} ({TypeName}) cannot be made: {cause.GetType().Name}: {cause.Message}".ReplaceLineEndings(" "),
            cause
        );

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdPattern();
}
