using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>Loads and inspects assemblies from outside the suite that contain learning rules.</summary>
internal static class RulePlugin
{
    private static readonly AssemblyName Contract = typeof(ILearningRule).Assembly.GetName();

    /// <summary>Loads a plugin and returns its public classes that are marked as rules, at least one.</summary>
    /// <exception cref="SpecificationException">The plugin cannot be loaded or has no rule; the message says
    /// why.</exception>
    public static IReadOnlyList<Type> Load(string file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new SpecificationException("the name is empty; name a .dll, or the folder it lies in");
        }

        string path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            throw new SpecificationException("there is no such file");
        }

        if (!CanBeRead(path))
        {
            throw new SpecificationException("cannot be read; look at its permissions, and at the link if it is one");
        }

        try
        {
            Assembly assembly = new PluginLoadContext(path).LoadFromAssemblyPath(path);
            AssemblyName? built = assembly
                .GetReferencedAssemblies()
                .FirstOrDefault(reference => reference.Name == Contract.Name);
            if (built is null)
            {
                throw new SpecificationException($"has no learning rule: it does not use {Contract.Name}");
            }

            if ((built.Version!.Major, built.Version.Minor) != (Contract.Version!.Major, Contract.Version.Minor))
            {
                throw new SpecificationException(
                    $"was built against version {built.Version.ToString(2)} of {Contract.Name}, this "
                        + $"suite has {Contract.Version.ToString(2)}; build it again against that"
                );
            }

            Type[] rules =
            [
                .. assembly
                    .GetExportedTypes()
                    .Where(type => type.GetCustomAttribute<LearningRuleAttribute>() is not null),
            ];
            return rules.Length > 0
                ? rules
                : throw new SpecificationException("has no public class marked [LearningRule]");
        }
        catch (BadImageFormatException)
        {
            throw new SpecificationException("is no .NET assembly");
        }
        catch (Exception exception)
            when (exception
                    is FileNotFoundException
                        or FileLoadException
                        or TypeLoadException
                        or ReflectionTypeLoadException
            )
        {
            Exception cause = exception is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] }
                ? first
                : exception;
            throw new SpecificationException(
                cause is FileNotFoundException { FileName: { } missing }
                    ? $"needs {missing.Split(',')[0]}, which does not lie beside it"
                    : cause.Message.ReplaceLineEndings(" "),
                exception
            );
        }
    }

    private static bool CanBeRead(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns the plugins in a folder and in its immediate subfolders; empty if the folder does not exist.
    /// Dependencies of plugins may lie there too. None of this code is run.
    /// </summary>
    public static IReadOnlyList<string> In(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(
                        folder,
                        "*.dll",
                        new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }
                    )
                    .Order(StringComparer.Ordinal)
                    .Where(file => Look(file, Uses)),
            ];

    /// <summary>Reads the ids of the rules that an assembly declares; none of its code is run.</summary>
    public static IReadOnlyList<string> RuleIds(string file) =>
        Look<IReadOnlyList<string>>(
            file,
            metadata =>
                [
                    .. metadata
                        .CustomAttributes.Select(handle => RuleId(metadata, metadata.GetCustomAttribute(handle)))
                        .OfType<string>(),
                ]
        ) ?? [];

    private static bool Uses(MetadataReader metadata) =>
        !metadata.GetString(metadata.GetAssemblyDefinition().Name).StartsWith("Reproduction.", StringComparison.Ordinal)
        && metadata.AssemblyReferences.Any(handle =>
            metadata.GetString(metadata.GetAssemblyReference(handle).Name) == Contract.Name
        );

    /// <summary>
    /// Returns the rule's id if the attribute marks a class as a rule, else null. The id is the only argument of the
    /// attribute's constructor.
    /// </summary>
    private static string? RuleId(MetadataReader metadata, CustomAttribute attribute)
    {
        const ushort prolog = 1;
        if (
            attribute.Constructor.Kind != HandleKind.MemberReference
            || metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                is not { Kind: HandleKind.TypeReference } parent
            || metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name)
                != nameof(LearningRuleAttribute)
        )
        {
            return null;
        }

        BlobReader value = metadata.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == prolog ? value.ReadSerializedString() : null;
    }

    private static T? Look<T>(string file, Func<MetadataReader, T> look)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            using PEReader reader = new(stream);
            return look(reader.GetMetadataReader());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the file is: if it cannot be read as an assembly, it is not a plugin.
            return default;
        }
    }
}
