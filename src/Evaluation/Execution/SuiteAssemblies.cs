using System.Reflection;
using System.Runtime.Loader;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// The suite's own assemblies, which lie beside the executable: rules, instruments and papers are found there.
/// </summary>
public static class SuiteAssemblies
{
    /// <summary>All of the suite's own assemblies, sorted by file name.</summary>
    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "Reproduction.*.dll")
            .Where(file => !IsApart(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)
            .Select(AssemblyLoadContext.Default.LoadFromAssemblyPath),
    ];

    private static bool IsApart(string file) =>
        file.EndsWith(".Tests.dll", StringComparison.Ordinal)
        || file.StartsWith("Reproduction.Figures.", StringComparison.Ordinal);
}
