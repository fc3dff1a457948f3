using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>Loads and inspects assemblies from outside the suite: learning rules and what else is marked.</summary>
internal static class PluginFile
{
    private static readonly AssemblyName Contract = typeof(ILearningRule).Assembly.GetName();

    private static readonly (PluginKind Kind, Type Mark)[] Marks =
    [
        (PluginKind.Rule, typeof(LearningRuleAttribute)),
        (PluginKind.Activation, typeof(ActivationAttribute)),
        (PluginKind.DataSet, typeof(DataSetAttribute)),
        (PluginKind.Probe, typeof(ProbeAttribute)),
        (PluginKind.Instrument, typeof(InstrumentAttribute)),
    ];

    // Everything that a plugin may be built against; they have one version.
    private static readonly string[] Contracts =
    [
        .. Marks.Select(mark => mark.Mark.Assembly.GetName().Name!).Distinct(),
    ];

    /// <summary>
    /// Loads a plugin and returns its public classes that are marked, at least one, each with its kind.
    /// </summary>
    /// <exception cref="SpecificationException">The plugin cannot be loaded or has nothing marked; the message says
    /// why.</exception>
    public static IReadOnlyList<(PluginKind Kind, Type Type)> Load(string file)
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
            AssemblyName[] used =
            [
                .. assembly.GetReferencedAssemblies().Where(reference => Contracts.Contains(reference.Name)),
            ];
            if (used.Length == 0)
            {
                throw new SpecificationException($"has no learning rule: it does not use {Contract.Name}");
            }

            if (used.FirstOrDefault(reference => !IsOurs(reference.Version!)) is { } built)
            {
                throw new SpecificationException(
                    $"was built against version {built.Version!.ToString(2)} of {built.Name}, this "
                        + $"suite has {Contract.Version!.ToString(2)}; build it again against that"
                );
            }

            (PluginKind, Type)[] marked =
            [
                .. from type in assembly.GetExportedTypes()
                from mark in Marks
                where type.IsDefined(mark.Mark, inherit: false)
                select (mark.Kind, type),
            ];
            return marked.Length > 0
                ? marked
                : throw new SpecificationException(
                    "has no public class marked [LearningRule], nor one marked "
                        + string.Join(
                            ", ",
                            Marks.Skip(1).Select(mark => $"[{mark.Mark.Name[..^nameof(Attribute).Length]}]")
                        )
                );
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

    private static bool IsOurs(Version version) =>
        (version.Major, version.Minor) == (Contract.Version!.Major, Contract.Version.Minor);

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

    /// <summary>Reads the kinds and ids of what an assembly marks; none of its code is run.</summary>
    public static IReadOnlyList<(PluginKind Kind, string Id)> Ids(string file) =>
        Look<IReadOnlyList<(PluginKind, string)>>(
            file,
            metadata =>
                [
                    .. metadata
                        .CustomAttributes.Select(handle => Mark(metadata, metadata.GetCustomAttribute(handle)))
                        .OfType<(PluginKind, string)>(),
                ]
        ) ?? [];

    /// <summary>Whether an assembly that is not the suite's own is built against it; none of its code is run.</summary>
    public static bool Uses(string file) => Look(file, Uses);

    private static bool Uses(MetadataReader metadata) =>
        !metadata.GetString(metadata.GetAssemblyDefinition().Name).StartsWith("Reproduction.", StringComparison.Ordinal)
        && metadata.AssemblyReferences.Any(handle =>
            Contracts.Contains(metadata.GetString(metadata.GetAssemblyReference(handle).Name))
        );

    /// <summary>
    /// Returns the kind and the id if the attribute is a mark, else null. The id is the first argument of the
    /// attribute's constructor.
    /// </summary>
    private static (PluginKind Kind, string Id)? Mark(MetadataReader metadata, CustomAttribute attribute)
    {
        const ushort prolog = 1;
        if (
            attribute.Constructor.Kind != HandleKind.MemberReference
            || metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent
                is not { Kind: HandleKind.TypeReference } parent
        )
        {
            return null;
        }

        string name = metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name);
        (PluginKind Kind, Type Mark) mark = Marks.FirstOrDefault(candidate => candidate.Mark.Name == name);
        BlobReader value = metadata.GetBlobReader(attribute.Value);
        return mark.Mark is not null && value.ReadUInt16() == prolog && value.ReadSerializedString() is { } id
            ? (mark.Kind, id)
            : null;
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
