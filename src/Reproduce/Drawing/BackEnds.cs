using System.Runtime.Loader;
using Reproduction.Data;
using Reproduction.Figures;

namespace Reproduction.CommandLine.Drawing;

/// <summary>
/// Back ends that are there only if their packages were when the suite was built: found beside the executable, named by
/// nobody. One that does not work on this machine is left out with a warning:
/// nobody asked for it.
/// </summary>
internal static class BackEnds
{
    private static readonly Type[] Optional =
    [
        .. Directory
            .EnumerateFiles(AppContext.BaseDirectory, "Reproduction.Figures.*.dll")
            .Order(StringComparer.Ordinal)
            .SelectMany(file =>
                Try(file, () => AssemblyLoadContext.Default.LoadFromAssemblyPath(file).GetExportedTypes()) ?? []
            ),
    ];

    private static readonly List<IFigureWriter> Writers = [new SvgFigureWriter(), .. Found<IFigureWriter>()];

    /// <summary>Vector graphics, always; pictures beside them where there is a writer.</summary>
    public static IReadOnlyList<IFigureWriter> FigureWriters => Writers;

    /// <summary>Null where there is none.</summary>
    public static IImageReader? ImageReader { get; } = Found<IImageReader>().FirstOrDefault();

    /// <summary>A figure as every back end draws it, by the ending of its file.</summary>
    public static IEnumerable<(string Extension, byte[] Content)> Draw(Figure figure)
    {
        foreach (IFigureWriter writer in Writers.ToArray())
        {
            byte[]? content =
                writer is SvgFigureWriter ? writer.Draw(figure) : Try(writer.GetType().Name, () => writer.Draw(figure));
            if (content is null)
            {
                Writers.Remove(writer);
            }
            else
            {
                yield return (writer.Extension, content);
            }
        }
    }

    private static IEnumerable<T> Found<T>()
        where T : class =>
        Optional
            .Where(typeof(T).IsAssignableFrom)
            .Select(type => Try(type.Name, () => (T)Activator.CreateInstance(type)!))
            .OfType<T>();

    private static T? Try<T>(string name, Func<T> act)
        where T : class
    {
        try
        {
            return act();
        }
        catch (Exception exception)
        {
            Exception cause = exception.InnerException ?? exception;
            Console.Error.WriteLine(
                $"warning: back end {name} is left out: {cause.GetType().Name}: {cause.Message}".ReplaceLineEndings(" ")
            );
            return null;
        }
    }
}
