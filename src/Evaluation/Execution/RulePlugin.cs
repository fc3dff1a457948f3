using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

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
            throw new SpecificationException("there is no such file");
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

    /// <summary>
    /// The plugins in a folder and in the folders in it; none if there is no such folder. What plugins depend on may
    /// lie there too. Nothing of them is run.
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

    /// <summary>The ids of the rules that an assembly says it has; nothing of it is run.</summary>
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
    /// What a class is marked with, if it is marked as a rule: the only argument of the attribute's constructor.
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
            // Whatever lies there: a file that cannot be read as an assembly is no plugin.
            return default;
        }
    }
}
