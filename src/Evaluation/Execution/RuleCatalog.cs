using System.Reflection;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>The available learning rules, found by their attribute.</summary>
public sealed class RuleCatalog
{
    private readonly SortedDictionary<string, SingleRule> rules = new(StringComparer.Ordinal);

    private readonly SortedDictionary<(PluginKind Kind, string Id), string> unloaded = [];

    private readonly List<string> problems = [];

    private readonly Action<string>? report;

    private readonly List<RuleDescription> plugged = [];

    private readonly List<(PluginKind Kind, string Id, Type Type)> contributions = [];

    private readonly HashSet<Guid> modules = [];

    private readonly string[] galleryIds;

    /// <summary>
    /// Collects the rules of the suite and of plugins. A plugin that cannot be used is left out; if only some of its
    /// rules are unusable, only these are left out.
    /// </summary>
    /// <param name="assemblies">The suite's own assemblies.</param>
    /// <param name="plugins">Plugin files to load, or folders that contain plugin files.</param>
    /// <param name="folders">Folders of plugins that are not loaded, and none of whose code is run, until something in
    /// them is requested by its id. The gallery, beside the executable, is one more.</param>
    /// <param name="report">Receives each of <see cref="Problems"/> when it is found, which may be after the
    /// constructor has returned.</param>
    /// <exception cref="SpecificationException">Two of the suite's own rules share an id, or one of them is not a
    /// well-formed rule.</exception>
    public RuleCatalog(
        IEnumerable<Assembly> assemblies,
        IEnumerable<string> plugins,
        IEnumerable<string> folders,
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
            IReadOnlyList<string> files = Directory.Exists(named) ? PluginFile.In(named) : [named];
            foreach (string file in files)
            {
                Load(file, isNamed: true);
            }

            if (files.Count == 0)
            {
                Tell($"plugin {named}: is a folder without plugins; name the .dll, or the folder it lies in");
            }
        }

        string[] gallery = Directory.Exists(GalleryFolder) ? [.. PluginFile.In(GalleryFolder)] : [];
        galleryIds =
        [
            .. from file in gallery
            from mark in PluginFile.Ids(file)
            where mark.Kind == PluginKind.Rule
            orderby mark.Id
            select mark.Id,
        ];
        foreach (string file in folders.SelectMany(PluginFile.In).Concat(gallery))
        {
            foreach (
                (PluginKind kind, string id) in PluginFile
                    .Ids(file)
                    .Where(mark => mark.Kind != PluginKind.Rule || !rules.ContainsKey(mark.Id))
            )
            {
                if (!unloaded.TryAdd((kind, id), file) && unloaded[(kind, id)] != file)
                {
                    Tell(
                        $"plugin {file}: has a {Word(kind)} {id}, but {unloaded[(kind, id)]} has one too and is used; "
                            + "rename one"
                    );
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
    public IReadOnlyDictionary<string, string> Unloaded =>
        unloaded
            .Where(entry => entry.Key.Kind == PluginKind.Rule)
            .ToDictionary(entry => entry.Key.Id, entry => entry.Value);

    /// <summary>
    /// The rules of the gallery, sorted by id; loaded by the request. They are not among <see cref="Rules"/> before.
    /// </summary>
    public IReadOnlyList<RuleDescription> Gallery => [.. galleryIds.Select(id => this[id])];

    /// <summary>Whether a rule is one of the gallery's.</summary>
    public bool IsOfGallery(string id) => galleryIds.Contains(id);

    /// <summary>What plugins that are loaded contribute besides rules, in the order in which it was found.</summary>
    public IReadOnlyList<(PluginKind Kind, string Id, Type Type)> Contributions => contributions;

    /// <summary>The folder of the rules of the field that come with the suite as plugins.</summary>
    public static string GalleryFolder { get; } = Path.Combine(AppContext.BaseDirectory, "gallery");

    /// <summary>The rules in this suite's own assemblies, which lie beside the executable.</summary>
    public static RuleCatalog BuiltIn() => With([]);

    /// <summary>Creates a catalog of the built-in rules and the rules of plugins.</summary>
    /// <param name="plugins">Files or folders; unusable plugins are left out, see <see cref="Problems"/>.</param>
    /// <param name="folder">A folder of plugins that are loaded only when something in them is requested.</param>
    /// <param name="report">Receives each problem when it is found.</param>
    public static RuleCatalog With(IEnumerable<string> plugins, string? folder = null, Action<string>? report = null) =>
        new(SuiteAssemblies.All, plugins, folder is null ? [] : [folder], report);

    /// <summary>
    /// The rule with this id. Its plugin is loaded first if it is not loaded yet, so rules are requested one by one
    /// before anything runs in parallel.
    /// </summary>
    /// <exception cref="SpecificationException">There is no such rule, or its plugin cannot be used.</exception>
    public RuleDescription this[string id]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(id);
            if (MixedRule.IsNamed(id))
            {
                return MixedRule.Parse(id, part => this[part]);
            }

            Provide(PluginKind.Rule, id);
            return rules.TryGetValue(id, out SingleRule? rule)
                ? rule
                : throw new SpecificationException(
                    $"unknown rule '{id}'; there are: "
                        + string.Join(", ", rules.Keys.Concat(Unloaded.Keys).Order(StringComparer.Ordinal))
                        + string.Concat(problems.Select(problem => $"; {problem}"))
                );
        }
    }

    /// <summary>
    /// Loads the plugin that has something of this kind and name, if there is one that is not loaded yet.
    /// </summary>
    public void Provide(PluginKind kind, string id)
    {
        if (unloaded.TryGetValue((kind, id), out string? file))
        {
            Load(file, isNamed: false);
            foreach (
                (PluginKind, string) other in unloaded
                    .Where(entry => entry.Value == file)
                    .Select(entry => entry.Key)
                    .ToArray()
            )
            {
                unloaded.Remove(other);
            }
        }
    }

    /// <summary>Loads the plugins of all that a spec names.</summary>
    public void ProvideFor(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        Provide(PluginKind.Activation, spec.Activation);
        Provide(PluginKind.Activation, spec.Output);
        foreach (string probe in spec.Probes)
        {
            Provide(PluginKind.Probe, probe);
        }

        foreach (string instrument in spec.Instruments)
        {
            Provide(PluginKind.Instrument, instrument);
        }
    }

    private void Load(string file, bool isNamed) =>
        Try(
            file,
            () =>
            {
                // The same plugin may be named both as a file and through its folder.
                IReadOnlyList<(PluginKind Kind, Type Type)> marked = PluginFile.Load(file);
                bool isNew = modules.Add(marked[0].Type.Module.ModuleVersionId);
                foreach ((PluginKind kind, Type type) in marked.Where(_ => isNew).OrderByDescending(mark => mark.Kind))
                {
                    Try(file, () => Take(kind, type, isNamed));
                }
            }
        );

    private void Take(PluginKind kind, Type type, bool isNamed)
    {
        if (kind == PluginKind.Rule)
        {
            SingleRule rule = Add(type);

            // The gallery's rules are nobody's plugin unless a user names them as one.
            if (isNamed || !IsOfGallery(rule.Id))
            {
                plugged.Add(rule);
            }

            return;
        }

        if (Contribution.Take(kind, type) is var id && !contributions.Any(known => known.Type == type))
        {
            contributions.Add((kind, id, type));
        }
    }

    private static string Word(PluginKind kind) =>
        kind == PluginKind.DataSet ? "data set" : kind.ToString().ToLowerInvariant();

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
            Exception cause = exception;
            while (
                cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner
            )
            {
                cause = inner;
            }

            Tell($"plugin {plugin}: {cause.GetType().Name}: {cause.Message}".ReplaceLineEndings(" "));
        }
    }

    private SingleRule Add(Type type)
    {
        SingleRule rule = new(type, type.GetCustomAttribute<LearningRuleAttribute>()!);
        if (!rules.TryAdd(rule.Id, rule))
        {
            throw new SpecificationException(
                $"two rules have the id {rule.Id}: {rules[rule.Id].TypeName} and {rule.TypeName}; rename one"
            );
        }

        return rule;
    }
}
