using System.Reflection;
using Reproduction.Data;
using Reproduction.Figures;

namespace Reproduction.Experiments;

/// <summary>Back ends that are there only if their packages were when the suite was built: found beside the executable, named by nobody.</summary>
internal static class BackEnds
{
    private static readonly Type[] Optional =
    [
        .. from file in Directory.EnumerateFiles(AppContext.BaseDirectory, "Reproduction.Figures.*.dll").Order(StringComparer.Ordinal)
           from type in Assembly.Load(Path.GetFileNameWithoutExtension(file)).GetExportedTypes()
           select type,
    ];

    /// <summary>Vector graphics, always; pictures beside them where there is a writer.</summary>
    public static IReadOnlyList<IFigureWriter> FigureWriters { get; } = [new SvgFigureWriter(), .. Found<IFigureWriter>()];

    /// <summary>Null where there is none.</summary>
    public static IImageReader? ImageReader { get; } = Found<IImageReader>().FirstOrDefault();

    private static IEnumerable<T> Found<T>() => Optional.Where(typeof(T).IsAssignableFrom).Select(type => (T)Activator.CreateInstance(type)!);
}
