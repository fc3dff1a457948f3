using System.Reflection;
using System.Runtime.Loader;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>The learning rules at hand, found by their attribute.</summary>
public sealed class RuleCatalog
{
    private readonly SortedDictionary<string, RuleDescription> rules = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> unloaded = new(StringComparer.Ordinal);

    private readonly List<string> problems = [];

    private readonly Action<string>? report;

    private readonly List<RuleDescription> plugged = [];

    private readonly HashSet<Guid> modules = [];

    /// <summary>
    /// Collects the rules of the suite and of plugins. A plugin that is at fault is left out, or that of its rules
    /// which is.
    /// </summary>
    /// <param name="assemblies">The suite's own.</param>
    /// <param name="plugins">Files, or folders of them, to be loaded.</param>
    /// <param name="folder">Of plugins that are not loaded, nothing of them run, until a rule of theirs is asked for by
    /// its id.</param>
    /// <param name="report">Told of each of <see cref="Problems"/> when it is met, which may be later than
    /// here.</param>
    /// <exception cref="SpecificationException">Two of the suite's own rules share an id, or one is not built as a rule
    /// is.</exception>
    public RuleCatalog(
        IEnumerable<Assembly> assemblies,
        IEnumerable<string> plugins,
        string? folder = null,
        Action<string>? report = null
    )
    {
        this.report = report;
        ArgumentNullException.ThrowIfNull(assemblies);
        ArgumentNullException.ThrowIfNull(plugins);
        foreach (
            Type type in assemblies
                .SelectMany(assembly => assembly.GetExportedTypes())
                .Where(type => type.GetCustomAttribute<LearningRuleAttribute>() is not null)
        )
        {
            Add(type);
        }

        foreach (string named in plugins.Distinct())
        {
            IReadOnlyList<string> files = Directory.Exists(named) ? RulePlugin.In(named) : [named];
            foreach (string file in files)
            {
                Load(file);
            }

            if (files.Count == 0)
            {
                Tell($"plugin {named}: is a folder without plugins; name the .dll, or the folder it lies in");
            }
        }

        foreach (string file in folder is null ? [] : RulePlugin.In(folder))
        {
            foreach (string id in RulePlugin.RuleIds(file).Where(id => !rules.ContainsKey(id)))
            {
                if (!unloaded.TryAdd(id, file) && unloaded[id] != file)
                {
                    Tell($"plugin {file}: has a rule {id}, as {unloaded[id]} has, which is taken; rename one");
                }
            }
        }
    }

    /// <summary>What is wrong with plugins, a line each, so far as they were looked at.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Sorted by id; without those that are not loaded.</summary>
    public IReadOnlyCollection<RuleDescription> Rules => rules.Values;

    /// <summary>Those of plugins, in the order in which they were found.</summary>
    public IReadOnlyList<RuleDescription> Plugged => plugged;

    /// <summary>The files of rules that nobody has asked for yet, by id.</summary>
    public IReadOnlyDictionary<string, string> Unloaded => unloaded;

    /// <summary>The rules in this suite's own assemblies, which lie beside the executable.</summary>
    public static RuleCatalog BuiltIn() => With([]);

    /// <summary>The same and those of plugins.</summary>
    /// <param name="plugins">Files or folders; one that is at fault is left out, see <see cref="Problems"/>.</param>
    /// <param name="folder">Of plugins that are loaded when a rule of theirs is asked for.</param>
    /// <param name="report">Told of each problem when it is met.</param>
    public static RuleCatalog With(IEnumerable<string> plugins, string? folder = null, Action<string>? report = null) =>
        new(
            from file in Directory
                .EnumerateFiles(AppContext.BaseDirectory, "Reproduction.*.dll")
                .Order(StringComparer.Ordinal)
            where
                !file.EndsWith(".Tests.dll", StringComparison.Ordinal)
                && !Path.GetFileName(file).StartsWith("Reproduction.Figures.", StringComparison.Ordinal)
            select AssemblyLoadContext.Default.LoadFromAssemblyPath(file),
            plugins,
            folder,
            report
        );

    /// <summary>
    /// The rule of that id, whose plugin is loaded if it is not yet: rules are asked for one by one before anything
    /// runs side by side.
    /// </summary>
    /// <exception cref="SpecificationException">There is none, or its plugin is at fault.</exception>
    public RuleDescription this[string id]
    {
        get
        {
            if (unloaded.TryGetValue(id, out string? file))
            {
                Load(file);
                foreach (
                    string other in unloaded.Where(entry => entry.Value == file).Select(entry => entry.Key).ToArray()
                )
                {
                    unloaded.Remove(other);
                }
            }

            return rules.TryGetValue(id, out RuleDescription? rule)
                ? rule
                : throw new SpecificationException(
                    $"unknown rule '{id}'; there are: "
                        + $"{string.Join(", ", rules.Keys.Concat(unloaded.Keys).Order(StringComparer.Ordinal))}{string.Concat(problems.Select(problem => $"; {problem}"))}"
                );
        }
    }

    private void Load(string file) =>
        Try(
            file,
            () =>
            {
                // The same plugin may be named and lie in a folder that is named too.
                IReadOnlyList<Type> types = RulePlugin.Load(file);
                foreach (Type type in modules.Add(types[0].Module.ModuleVersionId) ? types : [])
                {
                    Try(file, () => plugged.Add(Add(type)));
                }
            }
        );

    private void Tell(string problem)
    {
        problems.Add(problem);
        report?.Invoke(problem);
    }

    private void Try(string plugin, Action act)
    {
        try
        {
            act();
        }
        catch (SpecificationException exception)
        {
            Tell($"plugin {plugin}: {exception.Message}");
        }
        catch (Exception exception)
        {
            // Whatever a stranger's assembly does while it is looked at, the suite's own rules are there.
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            Tell($"plugin {plugin}: {cause.GetType().Name}: {cause.Message}".ReplaceLineEndings(" "));
        }
    }

    private RuleDescription Add(Type type)
    {
        RuleDescription rule = new(type, type.GetCustomAttribute<LearningRuleAttribute>()!);
        if (!rules.TryAdd(rule.Id, rule))
        {
            throw new SpecificationException(
                $"two rules have the id {rule.Id}: {rules[rule.Id].TypeName} and {rule.TypeName}; rename one"
            );
        }

        return rule;
    }
}
