using System.Reflection;
using Reproduction.Network;

namespace Reproduction.Evaluation;

/// <summary>The learning rules at hand, found by their attribute.</summary>
public sealed class RuleCatalog
{
    private readonly SortedDictionary<string, RuleDescription> rules = new(StringComparer.Ordinal);

    /// <summary>Collects the rules of some assemblies.</summary>
    /// <exception cref="SpecificationException">Two rules share an id, or one is not built as a rule is.</exception>
    public RuleCatalog(IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        foreach (Type type in assemblies.SelectMany(assembly => assembly.GetExportedTypes()))
        {
            if (type.GetCustomAttribute<LearningRuleAttribute>() is not { } attribute)
            {
                continue;
            }

            RuleDescription rule = new(type, attribute);
            if (!rules.TryAdd(rule.Id, rule))
            {
                throw new SpecificationException($"two rules have the id {rule.Id}: {rules[rule.Id].TypeName} and {rule.TypeName}; rename one");
            }
        }
    }

    /// <summary>Sorted by id.</summary>
    public IReadOnlyCollection<RuleDescription> Rules => rules.Values;

    /// <summary>The rules in this suite's own assemblies, which lie beside the executable.</summary>
    public static RuleCatalog BuiltIn() => new(
        from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Reproduction.*.dll").Order(StringComparer.Ordinal)
        where !file.EndsWith(".Tests.dll", StringComparison.Ordinal)
        select Assembly.Load(Path.GetFileNameWithoutExtension(file)));

    /// <summary>The rule of that id.</summary>
    /// <exception cref="SpecificationException">There is none.</exception>
    public RuleDescription this[string id] => rules.TryGetValue(id, out RuleDescription? rule)
        ? rule
        : throw new SpecificationException($"unknown rule '{id}'; there are: {string.Join(", ", rules.Keys)}");
}
