using System.Reflection;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>
/// The typeface of all figures, Inter, out of the suite's own files, so that a figure has its text on a machine without
/// fonts, and the same text on every machine.
/// </summary>
internal sealed class InterTypeface : IFontResolver
{
    /// <summary>The name of the typeface.</summary>
    public const string Name = "Inter";

    /// <summary>The typeface of usual text.</summary>
    public static SKTypeface Regular { get; }

    /// <summary>The typeface of titles.</summary>
    public static SKTypeface Bold { get; }

    static InterTypeface()
    {
        IReadOnlyDictionary<string, byte[]> files = Files();
        Regular = Typeface(files, "Inter-Regular.ttf");
        Bold = Typeface(files, "Inter-SemiBold.ttf");
    }

    /// <summary>Makes ScottPlot draw all text in Inter.</summary>
    public static void Use()
    {
        Fonts.FontResolvers.Clear();
        Fonts.FontResolvers.Add(new InterTypeface());
        Fonts.Default = Name;
    }

    /// <summary>Returns a text as it can be drawn: with ? in place of each character that Inter lacks.</summary>
    public static string Drawable(string text)
    {
        StringBuilder drawable = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            drawable.Append(Regular.ContainsGlyph(rune.Value) ? rune.ToString() : "?");
        }

        return drawable.ToString();
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => bold ? Bold : Regular;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        weight >= FontWeight.SemiBold ? Bold : Regular;

    private static SKTypeface Typeface(IReadOnlyDictionary<string, byte[]> files, string name) =>
        SKTypeface.FromData(SKData.CreateCopy(files[name]));

    /// <summary>
    /// Reads the files that Avalonia packs into one resource of its assembly: the length of an index, the index
    /// (version, number of files; of each file its path, offset and length), then the files.
    /// </summary>
    private static Dictionary<string, byte[]> Files()
    {
        Assembly package = Assembly.Load(Resource(typeof(InterTypeface).Assembly, "inter"));
        using BinaryReader reader = new(new MemoryStream(Resource(package, "!AvaloniaResources")));
        int start = sizeof(int) + reader.ReadInt32();
        _ = reader.ReadInt32();
        (string Path, int Offset, int Length)[] index =
        [
            .. Enumerable
                .Range(0, reader.ReadInt32())
                .Select(_ => (reader.ReadString(), reader.ReadInt32(), reader.ReadInt32())),
        ];
        Dictionary<string, byte[]> files = [];
        foreach ((string path, int offset, int length) in index)
        {
            reader.BaseStream.Position = start + offset;
            files[Path.GetFileName(path)] = reader.ReadBytes(length);
        }

        return files;
    }

    private static byte[] Resource(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
