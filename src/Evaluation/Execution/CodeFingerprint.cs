using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Identifies the code that decides a run's result, so that a record made by other code is never taken for the result
/// of this code. It is made of the checksums of source files, which every build writes into its assemblies: the same
/// sources have the same fingerprint in every folder. The store of runs, statistics, figures and commands decide no run
/// and do not count. A plugin that was built elsewhere counts by its assembly and the files beside it.
/// </summary>
public static class CodeFingerprint
{
    private const string SourcePrefix = "source:";
    private const string StoreFolder = "Store/";
    private const string InstrumentFolder = "/Instruments/";

    private static readonly ConcurrentDictionary<Assembly, string[]> KnownSources = [];

    private static readonly ConcurrentDictionary<Assembly, string[]> KnownCompanions = [];

    // What every run uses: the suite's own sources, and the versions of the libraries that compute.
    private static readonly string[] Common =
    [
        .. Sources(typeof(RandomStream).Assembly),
        .. Sources(typeof(FeedForwardNetwork).Assembly),
        .. Sources(typeof(DataSet).Assembly),
        .. Sources(typeof(CodeFingerprint).Assembly)
            .Where(source => !source.StartsWith(StoreFolder, StringComparison.Ordinal)),
        Identity(typeof(Matrix<float>).Assembly),
        Identity(typeof(TensorPrimitives).Assembly),
    ];

    /// <summary>
    /// Returns the fingerprint of the sources that every run uses, of the rule's assemblies, of the instruments and of
    /// further plugins: 16 lower-case hexadecimal digits.
    /// </summary>
    /// <param name="instruments">Ids of the instruments, as a spec names them.</param>
    /// <param name="further">Assemblies of activations and probes; the suite's own are left out.</param>
    public static string Of(RuleDescription rule, IEnumerable<string> instruments, params IEnumerable<Assembly> further)
    {
        ArgumentNullException.ThrowIfNull(rule);
        string code = string.Join('\n', Parts(rule, instruments, further));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)))[..16];
    }

    /// <summary>
    /// Returns what the fingerprint is made of: one line per source file, library or file of a plugin.
    /// </summary>
    internal static IEnumerable<string> Parts(
        RuleDescription rule,
        IEnumerable<string> instruments,
        params IEnumerable<Assembly> further
    )
    {
        IEnumerable<string> observing = instruments
            .Select(id => InstrumentCatalog.TypeOf(id).Assembly)
            .Distinct()
            .SelectMany(assembly =>
                SuiteAssemblies.All.Contains(assembly)
                    ? InstrumentSources(assembly)
                    : SourcesOf(assembly).Concat(CompanionsOf(assembly))
            );
        return
        [
            .. Common,
            .. rule.Assemblies.SelectMany(SourcesOf),
            .. observing,
            .. rule.Assemblies.SelectMany(CompanionsOf),
            .. further
                .Distinct()
                .Where(assembly => !IsCommon(assembly))
                .SelectMany(assembly => SourcesOf(assembly).Concat(CompanionsOf(assembly))),
        ];
    }

    private static string[] SourcesOf(Assembly assembly) => KnownSources.GetOrAdd(assembly, Sources);

    private static string[] CompanionsOf(Assembly assembly) => KnownCompanions.GetOrAdd(assembly, Companions);

    private static bool IsCommon(Assembly assembly) =>
        assembly == typeof(FeedForwardNetwork).Assembly || assembly == typeof(CodeFingerprint).Assembly;

    /// <summary>Returns an assembly's sources of instruments; all its sources if none lies in their folder.</summary>
    private static IEnumerable<string> InstrumentSources(Assembly assembly)
    {
        string[] all = Sources(assembly),
            instruments = [.. all.Where(source => source.Contains(InstrumentFolder, StringComparison.Ordinal))];
        return instruments.Length > 0 ? instruments : all;
    }

    /// <summary>
    /// Returns the sources of an assembly, each as its path in the project, a space and its SHA-256, sorted; the
    /// assembly's identity if it was built elsewhere and names no sources.
    /// </summary>
    private static string[] Sources(Assembly assembly)
    {
        string[] sources =
        [
            .. assembly
                .GetCustomAttributes<AssemblyMetadataAttribute>()
                .Where(attribute => attribute.Key.StartsWith(SourcePrefix, StringComparison.Ordinal))
                .Select(attribute => $"{attribute.Key[SourcePrefix.Length..].Replace('\\', '/')} {attribute.Value}")
                .Order(StringComparer.Ordinal),
        ];
        return sources.Length > 0 ? sources : [Identity(assembly)];
    }

    /// <summary>
    /// Whether a file in a plugin's folder is part of the plugin: the plugin itself, a library, or another plugin that
    /// it uses. A plugin whose sources are known is told by those, not by its file.
    /// </summary>
    private static bool IsPart(Assembly assembly, string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return name == assembly.GetName().Name
            ? Sources(assembly)[0] == Identity(assembly)
            : !PluginFile.Uses(file) || assembly.GetReferencedAssemblies().Any(reference => reference.Name == name);
    }

    private static string Identity(Assembly assembly) =>
        $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId}";

    /// <summary>
    /// Returns the SHA-256 checksums of the files in a plugin's folder that are not shared with the suite; empty for
    /// the suite's own rules.
    /// </summary>
    private static string[] Companions(Assembly assembly)
    {
        string folder = Path.GetDirectoryName(assembly.Location)!;
        return
            Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)
            == Path.GetFullPath(AppContext.BaseDirectory).TrimEnd(Path.DirectorySeparatorChar)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, "*.dll")
                    .Where(file => !PluginLoadContext.IsShared(Path.GetFileNameWithoutExtension(file)))
                    .Where(file => IsPart(assembly, file))
                    .Order(StringComparer.Ordinal)
                    .Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
            ];
    }
}
