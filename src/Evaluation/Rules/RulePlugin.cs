using System.Reflection;
using Reproduction.Network;

namespace Reproduction.Evaluation;

/// <summary>Assemblies with learning rules from outside the suite.</summary>
internal static class RulePlugin
{
    private static readonly AssemblyName Contract = typeof(ILearningRule).Assembly.GetName();

    /// <summary>The public classes of a plugin that are marked as rules, at least one.</summary>
    /// <exception cref="SpecificationException">It cannot be loaded, or has no rule; the message says why.</exception>
    public static IReadOnlyList<Type> Load(string file)
    {
        string path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            throw new SpecificationException(Directory.Exists(path) ? "is a folder; name the .dll in it" : "there is no such file");
        }

        try
        {
            Assembly assembly = new PluginLoadContext(path).LoadFromAssemblyPath(path);
            AssemblyName? built = assembly.GetReferencedAssemblies().FirstOrDefault(reference => reference.Name == Contract.Name);
            if (built is null)
            {
                throw new SpecificationException($"has no learning rule: it does not use {Contract.Name}");
            }

            if ((built.Version!.Major, built.Version.Minor) != (Contract.Version!.Major, Contract.Version.Minor))
            {
                throw new SpecificationException($"was built against version {built.Version.ToString(2)} of {Contract.Name}, this suite has {Contract.Version.ToString(2)}; build it again against that");
            }

            Type[] rules = [.. assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<LearningRuleAttribute>() is not null)];
            return rules.Length > 0 ? rules : throw new SpecificationException("has no public class marked [LearningRule]");
        }
        catch (BadImageFormatException)
        {
            throw new SpecificationException("is no .NET assembly");
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException or ReflectionTypeLoadException)
        {
            Exception cause = exception is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first : exception;
            throw new SpecificationException(cause is FileNotFoundException { FileName: { } missing }
                ? $"needs {missing.Split(',')[0]}, which does not lie beside it"
                : cause.Message.ReplaceLineEndings(" "), exception);
        }
    }

    /// <summary>Whether an assembly in a folder of plugins is one, not what one depends on.</summary>
    public static bool Uses(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using System.Reflection.PortableExecutable.PEReader reader = new(stream);
            System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(reader);
            string own = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            return !own.StartsWith("Reproduction.", StringComparison.Ordinal)
                && metadata.AssemblyReferences.Any(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name) == Contract.Name);
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
