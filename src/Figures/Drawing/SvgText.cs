using System.Globalization;
using System.Xml.Linq;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>
/// Finishes the SVG that Skia writes. Its letters become outlines, so that they look the same where Inter is not
/// installed; the text itself lies over them, invisible, to be found and selected. What has the colour of
/// ink or of paper has a class, so that a page can draw it in colours of its own.
/// </summary>
internal static class SvgText
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    /// <summary>Returns the finished document.</summary>
    /// <param name="svg">What Skia wrote.</param>
    /// <param name="title">The figure's title, for readers who do not see it.</param>
    public static XDocument Finish(Stream svg, string title)
    {
        XDocument document = XDocument.Load(svg);
        XElement root = document.Root!;
        root.SetAttributeValue(
            "viewBox",
            $"0 0 {(string)root.Attribute("width")!} {(string)root.Attribute("height")!}"
        );
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("class", "figure");
        foreach (XElement element in root.Descendants().ToArray())
        {
            Classify(element);
        }

        Number(root);
        SortedDictionary<string, string> outlines = new(StringComparer.Ordinal);
        foreach (XElement text in root.Descendants(Svg + "text").ToArray())
        {
            Outline(text, outlines);
        }

        foreach (XElement image in root.Descendants(Svg + "image"))
        {
            image.SetAttributeValue("style", "image-rendering:pixelated");
            image.SetAttributeValue(XLink + "href", Smaller((string)image.Attribute(XLink + "href")!));
        }

        root.AddFirst(
            new XElement(Svg + "title", ForeignText.Of(title)),
            new XElement(
                Svg + "defs",
                outlines.Select(outline => new XElement(
                    Svg + "path",
                    new XAttribute("id", outline.Key),
                    new XAttribute("d", outline.Value)
                ))
            )
        );
        return document;
    }

    /// <summary>Renumbers ids from 1: Skia counts on from one document to the next.</summary>
    private static void Number(XElement root)
    {
        Dictionary<string, string> names = [];
        foreach (XAttribute id in root.Descendants().Attributes("id"))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{id.Value.Split('_')[0]}{names.Count + 1}");
            names[id.Value] = name;
            id.Value = name;
        }

        foreach (XAttribute reference in root.Descendants().Attributes())
        {
            if (reference.Name == "clip-path" && reference.Value.StartsWith("url(#", StringComparison.Ordinal))
            {
                reference.Value = $"url(#{names[reference.Value[5..^1]]})";
            }
            else if (reference.Name == XLink + "href" && reference.Value.StartsWith('#'))
            {
                reference.Value = $"#{names[reference.Value[1..]]}";
            }
        }
    }

    private static void Classify(XElement element)
    {
        string? Of(string attribute) => ((string?)element.Attribute(attribute))?.ToUpperInvariant();
        string[] classes =
        [
            .. Of("fill") is "#222" or "#222222" ? ["ink"] : Array.Empty<string>(),
            .. Of("fill") is "WHITE" or "#FFFFFF" ? ["paper"] : Array.Empty<string>(),
            .. Of("stroke") is "#222" or "#222222" ? ["ink-line"] : Array.Empty<string>(),
            .. Of("stroke") is "#E3E3E3" ? ["grid"] : Array.Empty<string>(),
        ];
        if (classes.Length > 0)
        {
            element.SetAttributeValue("class", string.Join(' ', classes));
        }
    }

    /// <summary>Puts the outlines of its letters beside a text, and makes the text itself invisible.</summary>
    private static void Outline(XElement text, SortedDictionary<string, string> outlines)
    {
        string letters = text.Value.Trim('\n', '\t');
        bool isBold = text.Attribute("font-weight") is not null;
        SKTypeface typeface = isBold ? InterTypeface.Bold : InterTypeface.Regular;
        ushort[] glyphs = typeface.GetGlyphs(letters);
        float[] x = Numbers(text, "x"),
            y = Numbers(text, "y");
        float size = Numbers(text, "font-size")[0];
        text.Value = letters;
        text.SetAttributeValue("font-family", "Inter, sans-serif");
        float scale = size / typeface.UnitsPerEm;
        XElement drawn = new(
            Svg + "g",
            new XAttribute(
                "transform",
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{(string?)text.Attribute("transform")} translate(0 {y[0]:0.##}) scale({scale:0.######})"
                    )
                    .TrimStart()
            ),
            text.Attribute("class") ?? new XAttribute("class", "ink"),
            new XAttribute("fill", (string?)text.Attribute("fill") ?? "black"),
            new XAttribute("aria-hidden", "true")
        );
        for (int i = 0; i < glyphs.Length; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{(isBold ? 'b' : 'r')}{glyphs[i]}");
            if (!outlines.TryGetValue(id, out string? outline))
            {
                using SKFont font = new(typeface, typeface.UnitsPerEm);
                using SKPath path = font.GetGlyphPath(glyphs[i]);
                outlines[id] = outline = path.ToSvgPathData();
            }

            if (outline.Length > 0)
            {
                drawn.Add(
                    new XElement(
                        Svg + "use",
                        new XAttribute(XLink + "href", $"#{id}"),
                        new XAttribute("x", (x[i] / scale).ToString("0", CultureInfo.InvariantCulture))
                    )
                );
            }
        }

        text.SetAttributeValue("fill", "none");
        text.SetAttributeValue("class", null);
        text.SetAttributeValue("x", x[0].ToString("0.##", CultureInfo.InvariantCulture));
        text.SetAttributeValue("y", y[0].ToString("0.##", CultureInfo.InvariantCulture));
        text.AddBeforeSelf(drawn);
    }

    /// <summary>
    /// Packs an embedded picture again, a grey one in one channel: Skia always writes four.
    /// </summary>
    private static string Smaller(string reference)
    {
        const string start = "data:image/png;base64,";
        using Image<Rgb24> picture = Image.Load<Rgb24>(Convert.FromBase64String(reference[start.Length..]));
        bool isGrey = true;
        picture.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height && isGrey; y++)
            {
                foreach (Rgb24 pixel in rows.GetRowSpan(y))
                {
                    isGrey &= pixel.R == pixel.G && pixel.R == pixel.B;
                }
            }
        });
        PngEncoder encoder = new()
        {
            ColorType = isGrey ? PngColorType.Grayscale : PngColorType.Rgb,
            CompressionLevel = PngCompressionLevel.BestCompression,
            IgnoreMetadata = true,
        };
        using MemoryStream packed = new();
        picture.Save(packed, encoder);
        return start + Convert.ToBase64String(packed.ToArray());
    }

    private static float[] Numbers(XElement element, string attribute) =>
        [
            .. ((string)element.Attribute(attribute)!)
                .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
                .Select(number => float.Parse(number, CultureInfo.InvariantCulture)),
        ];
}
