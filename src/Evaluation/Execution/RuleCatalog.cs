using System.Reflection;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>The available learning rules, found by their attribute.</summary>
public sealed class RuleCatalog
{
    private readonly SortedDictionary<string, RuleDescription> rules = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, string> unloaded = new(StringComparer.Ordinal);

    private readonly List<string> problems = [];

    private readonly Action<string>? report;

    private readonly List<RuleDescription> plugged = [];

    private readonly HashSet<Guid> modules = [];

    /// <summary>
    /// Collects the rules of the suite and of plugins. A plugin that cannot be used is left out; if only some of its
    /// rules are unusable, only these are left out.
    /// </summary>
    /// <param name="assemblies">The suite's own assemblies.</param>
    /// <param name="plugins">Plugin files to load, or folders that contain plugin files.</param>
    /// <param name="folder">A folder of plugins that are not loaded, and none of whose code is run, until one of their
    /// rules is requested by its id.</param>
    /// <param name="report">Receives each of <see cref="Problems"/> when it is found, which may be after the
    /// constructor has returned.</param>
    /// <exception cref="SpecificationException">Two of the suite's own rules share an id, or one of them is not a
    /// well-formed rule.</exception>
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
                    Tell($"plugin {file}: has a rule {id}, but {unloaded[id]} has one too and is used; rename one");
                }
            }
        }
    }

    /// <summary>The problems found so far in plugins, one line per problem.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The loaded rules, sorted by id.</summary>
    public IReadOnlyCollection<RuleDescription> Rules => rules.Values;

    /// <summary>The loaded rules that come from plugins, in the order in which they were found.</summary>
    public IReadOnlyList<RuleDescription> Plugged => plugged;

    /// <summary>The plugin files of rules that have not been requested yet, by rule id.</summary>
    public IReadOnlyDictionary<string, string> Unloaded => unloaded;

    /// <summary>The rules in this suite's own assemblies, which lie beside the executable.</summary>
    public static RuleCatalog BuiltIn() => With([]);

    /// <summary>Creates a catalog of the built-in rules and the rules of plugins.</summary>
    /// <param name="plugins">Files or folders; unusable plugins are left out, see <see cref="Problems"/>.</param>
    /// <param name="folder">A folder of plugins that are loaded only when one of their rules is requested.</param>
    /// <param name="report">Receives each problem when it is found.</param>
    public static RuleCatalog With(IEnumerable<string> plugins, string? folder = null, Action<string>? report = null) =>
        new(SuiteAssemblies.All, plugins, folder, report);

    /// <summary>
    /// The rule with this id. Its plugin is loaded first if it is not loaded yet, so rules are requested one by one
    /// before anything runs in parallel.
    /// </summary>
    /// <exception cref="SpecificationException">There is no such rule, or its plugin cannot be used.</exception>
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
                        + string.Join(", ", rules.Keys.Concat(unloaded.Keys).Order(StringComparer.Ordinal))
                        + string.Concat(problems.Select(problem => $"; {problem}"))
                );
        }
    }

    private void Load(string file) =>
        Try(
            file,
            () =>
            {
                // The same plugin may be named both as a file and through its folder.
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
            // Whatever a plugin's assembly throws while it is inspected, the suite's own rules stay available.
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
