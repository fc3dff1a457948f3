using System.Runtime.Loader;
using Reproduction.Data;
using Reproduction.Figures;

namespace Reproduction.CommandLine.Drawing;

/// <summary>
/// Finds the optional back ends beside the executable. They are there only if their packages were available when the
/// suite was built. A back end that does not work on this machine is left out with a warning, because the user did not
/// ask for it.
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

    /// <summary>
    /// The writers of figures: always one for vector graphics, and those of the back ends for pictures.
    /// </summary>
    public static IReadOnlyList<IFigureWriter> FigureWriters => Writers;

    /// <summary>The reader of pictures; null where no back end has one.</summary>
    public static IImageReader? ImageReader { get; } = Found<IImageReader>().FirstOrDefault();

    /// <summary>Draws a figure with every back end; returns each file's content with its extension.</summary>
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
