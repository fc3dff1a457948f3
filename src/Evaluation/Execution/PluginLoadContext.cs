using System.Reflection;
using System.Runtime.Loader;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Loads one plugin with its own dependencies, which lie beside it. The assemblies through which the suite and a plugin
/// communicate (the rule contract and the matrices in it) are shared: whatever of these the executable has itself comes
/// from there.
/// </summary>
/// <param name="path">Absolute path of the plugin's assembly.</param>
internal sealed class PluginLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private readonly AssemblyDependencyResolver resolver = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (IsShared(assemblyName.Name!))
        {
            // Null leaves the assembly to the executable's own load context.
            return null;
        }

        return resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    /// <summary>Whether an assembly is taken from the executable's folder, whatever lies beside the plugin.</summary>
    public static bool IsShared(string name) =>
        name is "MathNet.Numerics"
        || name.StartsWith("Reproduction.", StringComparison.Ordinal)
            && File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
}
