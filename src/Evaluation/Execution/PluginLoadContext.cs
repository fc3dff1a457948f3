using System.Reflection;
using System.Runtime.Loader;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Loads one plugin with its own dependencies, which lie beside it. What the suite and a plugin speak to each other in,
/// the contract and the matrices in it, is shared: everything
/// that the executable has itself comes from there.
/// </summary>
/// <param name="path">Of the plugin's assembly, rooted.</param>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private readonly AssemblyDependencyResolver resolver = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (IsShared(assemblyName.Name!))
        {
            // Null leaves it to the executable's own context.
            return null;
        }

        return resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    /// <summary>Whether an assembly is the executable's own, whatever lies beside the plugin.</summary>
    public static bool IsShared(string name) =>
        name is "MathNet.Numerics"
        || name.StartsWith("Reproduction.", StringComparison.Ordinal)
            && File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
