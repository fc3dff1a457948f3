using System.Reflection;
using System.Runtime.Loader;
using Reproduction.Network;

namespace Reproduction.Evaluation;

/// <summary>The learning rules at hand, found by their attribute.</summary>
public sealed class RuleCatalog
{
    private readonly SortedDictionary<string, RuleDescription> rules = new(StringComparer.Ordinal);

    private readonly List<string> problems = [];

    private readonly List<RuleDescription> plugged = [];

    /// <summary>Collects the rules of the suite and of plugins. A plugin that is at fault is left out, or that of its rules which is.</summary>
    /// <param name="assemblies">The suite's own.</param>
    /// <param name="plugins">Files.</param>
    /// <exception cref="SpecificationException">Two of the suite's own rules share an id, or one is not built as a rule is.</exception>
    public RuleCatalog(IEnumerable<Assembly> assemblies, IEnumerable<string> plugins)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        ArgumentNullException.ThrowIfNull(plugins);
        foreach (Type type in assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.GetCustomAttribute<LearningRuleAttribute>() is not null))
        {
            Add(type);
        }

        HashSet<Guid> modules = [];
        foreach (string file in plugins.DistinctBy(Path.GetFullPath))
        {
            Try(file, () =>
            {
                // The same plugin may be named and lie in the folder of plugins too.
                IReadOnlyList<Type> types = RulePlugin.Load(file);
                foreach (Type type in modules.Add(types[0].Module.ModuleVersionId) ? types : [])
                {
                    Try(file, () => plugged.Add(Add(type)));
                }
            });
        }
    }

    /// <summary>What is wrong with plugins, a line each.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Sorted by id.</summary>
    public IReadOnlyCollection<RuleDescription> Rules => rules.Values;

    /// <summary>Those of plugins, in the order in which they were found.</summary>
    public IReadOnlyList<RuleDescription> Plugged => plugged;

    /// <summary>The rules in this suite's own assemblies, which lie beside the executable.</summary>
    public static RuleCatalog BuiltIn() => With([]);

    /// <summary>The same and those of plugins.</summary>
    /// <param name="plugins">Files; one that is at fault is left out, see <see cref="Problems"/>.</param>
    public static RuleCatalog With(IEnumerable<string> plugins) => new(
        from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Reproduction.*.dll").Order(StringComparer.Ordinal)
        where !file.EndsWith(".Tests.dll", StringComparison.Ordinal) && !Path.GetFileName(file).StartsWith("Reproduction.Figures.", StringComparison.Ordinal)
        select AssemblyLoadContext.Default.LoadFromAssemblyPath(file), plugins);

    /// <summary>The plugins in a folder and in the folders in it; none if there is no such folder. What plugins depend on may lie there too.</summary>
    public static IReadOnlyList<string> PluginsIn(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.dll").Concat(Directory.EnumerateDirectories(folder).SelectMany(inner => Directory.EnumerateFiles(inner, "*.dll"))).Order(StringComparer.Ordinal).Where(RulePlugin.Uses)];

    /// <summary>The rule of that id.</summary>
    /// <exception cref="SpecificationException">There is none.</exception>
    public RuleDescription this[string id] => rules.TryGetValue(id, out RuleDescription? rule)
        ? rule
        : throw new SpecificationException($"unknown rule '{id}'; there are: {string.Join(", ", rules.Keys)}{string.Concat(problems.Select(problem => $"; {problem}"))}");

    private void Try(string plugin, Action act)
    {
        try
        {
            act();
        }
        catch (SpecificationException exception)
        {
            problems.Add($"plugin {plugin}: {exception.Message}");
        }
        catch (Exception exception)
        {
            // Whatever a stranger's assembly does while it is looked at, the suite's own rules are there.
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            problems.Add($"plugin {plugin}: {cause.GetType().Name}: {cause.Message}".ReplaceLineEndings(" "));
        }
    }

    private RuleDescription Add(Type type)
    {
        RuleDescription rule = new(type, type.GetCustomAttribute<LearningRuleAttribute>()!);
        if (!rules.TryAdd(rule.Id, rule))
        {
            throw new SpecificationException($"two rules have the id {rule.Id}: {rules[rule.Id].TypeName} and {rule.TypeName}; rename one");
        }

        return rule;
    }
}
