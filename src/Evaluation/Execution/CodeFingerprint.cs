using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Tells one build of the code that decides a run's result from another, so that a record is not taken for what edited
/// code would give.
/// Builds are deterministic: unchanged sources in the same folder have the same fingerprint. What lies beside a plugin
/// counts too, for its rule may call it.
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

    /// <summary>Of the rule's assembly and of all that every run goes through.</summary>
    public static string Of(RuleDescription rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        string modules = string.Join(
            '\n',
            Common
                .Append(rule.Assembly)
                .Select(assembly => assembly.ManifestModule.ModuleVersionId.ToString())
                .Concat(Beside.GetOrAdd(rule.Assembly, Companions))
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(modules)))[..16];
    }

    /// <summary>The checksums of what a plugin has beside it of its own; none for the suite's own rules.</summary>
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
