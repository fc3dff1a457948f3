using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Identifies the build of the code that decides a run's result, so that a record made by other code is never taken for
/// the result of this code. Builds are deterministic: unchanged sources in the same folder give the same fingerprint.
/// The files beside a plugin count too, because its rule may call them.
/// </summary>
public static class CodeFingerprint
{
    private static readonly Assembly[] Common =
    [
        typeof(RandomStream).Assembly,
        typeof(FeedForwardNetwork).Assembly,
        typeof(DataSet).Assembly,
        typeof(CodeFingerprint).Assembly,
    ];

    private static readonly ConcurrentDictionary<Assembly, string[]> Beside = [];

    /// <summary>
    /// Returns the fingerprint of the assemblies that every run uses, of the rule's assembly and of the instruments'
    /// assemblies: 16 lower-case hexadecimal digits.
    /// </summary>
    /// <param name="instruments">Ids of the instruments, as a spec names them.</param>
    public static string Of(RuleDescription rule, params IEnumerable<string> instruments)
    {
        ArgumentNullException.ThrowIfNull(rule);
        string modules = string.Join(
            '\n',
            Common
                .Append(rule.Assembly)
                .Concat(instruments.Select(id => InstrumentCatalog.TypeOf(id).Assembly).Distinct())
                .Select(assembly => assembly.ManifestModule.ModuleVersionId.ToString())
                .Concat(Beside.GetOrAdd(rule.Assembly, Companions))
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(modules)))[..16];
    }

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
                    .Order(StringComparer.Ordinal)
                    .Select(file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))),
            ];
    }
}
