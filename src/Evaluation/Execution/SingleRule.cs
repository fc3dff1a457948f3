using System.Reflection;
using System.Text.RegularExpressions;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>A rule that one class implements.</summary>
internal sealed partial class SingleRule : RuleDescription
{
    private readonly Type type;
    private readonly Type? optionsType;

    internal SingleRule(Type type, LearningRuleAttribute attribute)
        : base(attribute)
    {
        this.type = type;
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
            (Supervision, Locality, Infers) = (rule.Supervision, rule.Locality, rule is IInferringRule);
        }
        catch (Exception exception)
        {
            throw NotMade(exception);
        }
    }

    /// <inheritdoc/>
    public override Supervision Supervision { get; }

    /// <inheritdoc/>
    public override Locality Locality { get; }

    /// <inheritdoc/>
    public override bool Infers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Assembly> Assemblies => [type.Assembly];

    /// <summary>The names of the rule's class and of its assembly, for messages.</summary>
    public string TypeName => $"{type.FullName} of {type.Assembly.GetName().Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<RuleOption> Options { get; }

    /// <inheritdoc/>
    public override ILearningRule Create(IReadOnlyDictionary<string, string> settings) => Build(settings).Rule;

    /// <inheritdoc/>
    public override SortedDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings) =>
        Build(settings).Settings;

    /// <inheritdoc/>
    public override Func<int, OptimizerSettings> SettingsOf(RunSpec spec)
    {
        OptimizerSettings settings = new(spec.Optimizer, spec.LearningRate, spec.Constraint);
        return _ => settings;
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
