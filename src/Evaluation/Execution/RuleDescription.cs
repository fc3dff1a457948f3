using System.Reflection;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// A learning rule as the harness knows it: by its attribute and its options, never by its type. It is one rule's
/// class, or several rules that share a network.
/// </summary>
public abstract class RuleDescription
{
    private protected RuleDescription(LearningRuleAttribute attribute)
    {
        Attribute = attribute;
    }

    public LearningRuleAttribute Attribute { get; }

    public string Id => Attribute.Id;

    /// <summary>What the rule is told about targets or errors, under its default options.</summary>
    public abstract Supervision Supervision { get; }

    /// <summary>What a layer's change depends on, under the rule's default options.</summary>
    public abstract Locality Locality { get; }

    /// <summary>Whether the rule has inference of its own in place of the forward pass.</summary>
    public abstract bool Infers { get; }

    /// <summary>Whether several rules share the network, each with layers of its own.</summary>
    public virtual bool IsMixed => false;

    /// <summary>The assemblies that contain the classes of the rule.</summary>
    public abstract IReadOnlyList<Assembly> Assemblies { get; }

    public abstract IReadOnlyList<RuleOption> Options { get; }

    /// <summary>Creates the rule.</summary>
    /// <param name="settings">Options by name; options that are left out keep their defaults.</param>
    /// <exception cref="SpecificationException">An option is unknown or its value out of range.</exception>
    public abstract ILearningRule Create(IReadOnlyDictionary<string, string> settings);

    /// <summary>All options with their values, spelled as in a spec.</summary>
    /// <exception cref="SpecificationException">An option is unknown or its value out of range.</exception>
    public abstract SortedDictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings);

    /// <summary>
    /// Returns the optimizer, the learning rate and the constraint of each layer, by the layer's index.
    /// </summary>
    /// <exception cref="SpecificationException">The rule cannot be used with this spec.</exception>
    public abstract Func<int, OptimizerSettings> SettingsOf(RunSpec spec);

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
}
