using System.Reflection;
using System.Runtime.Loader;

namespace Reproduction.Studies;

/// <summary>
/// The suite's own assemblies beside the executable that use this one: papers with their experiments and claims.
/// </summary>
internal static class PaperAssemblies
{
    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "Reproduction.*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(AssemblyLoadContext.Default.LoadFromAssemblyPath)
            .Where(UsesStudies),
    ];

    private static bool UsesStudies(Assembly assembly) =>
        assembly
            .GetReferencedAssemblies()
            .Any(reference => reference.Name == typeof(PaperAssemblies).Assembly.GetName().Name);
}
