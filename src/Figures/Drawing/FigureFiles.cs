using System.Text;
using System.Xml;
using System.Xml.Linq;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>Writes a figure as SVG, as PNG of twice its size, and as PDF, all from the same drawing.</summary>
public static class FigureFiles
{
    private const float Scale = 2;
    private const float PointsPerPixel = 0.75f;

    /// <summary>Returns each file's ending, with its dot, and its content.</summary>
    public static IEnumerable<(string Extension, byte[] Content)> Draw(Figure figure) =>
        [(".svg", Svg(figure)), (".png", Png(figure)), (".pdf", Pdf(figure))];

    /// <summary>Returns the figure as SVG in UTF-8, the same bytes on every machine.</summary>
    public static byte[] Svg(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using FigureDrawing drawing = new(figure);
        using MemoryStream drawn = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, drawing.Width, drawing.Height), drawn))
        {
            canvas.DrawColor(SKColors.White);
            drawing.Draw(canvas);
        }

        drawn.Position = 0;
        XDocument document = SvgText.Finish(drawn, figure.Title);
        using MemoryStream finished = new();
        XmlWriterSettings settings = new()
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        };
        using (XmlWriter writer = XmlWriter.Create(finished, settings))
        {
            document.Save(writer);
        }

        return [.. finished.ToArray(), (byte)'\n'];
    }

    /// <summary>Returns the figure as PNG.</summary>
    public static byte[] Png(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using FigureDrawing drawing = new(figure);
        using SKSurface surface = SKSurface.Create(
            new SKImageInfo((int)MathF.Ceiling(drawing.Width * Scale), (int)MathF.Ceiling(drawing.Height * Scale))
        );
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(Scale);
        drawing.Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    /// <summary>Returns the figure as PDF of one page of its size. It names no date and no author.</summary>
    public static byte[] Pdf(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        using FigureDrawing drawing = new(figure);
        using MemoryStream file = new();
        SKDocumentPdfMetadata metadata = new()
        {
            Title = figure.Title,
            Creator = "reproduce",
            Creation = null,
            Modified = null,
            RasterDpi = 300,
            EncodingQuality = 101,
        };
        using (SKDocument document = SKDocument.CreatePdf(file, metadata))
        {
            SKCanvas page = document.BeginPage(drawing.Width * PointsPerPixel, drawing.Height * PointsPerPixel);
            page.Scale(PointsPerPixel);
            drawing.Draw(page);
            document.EndPage();
            document.Close();
        }

        return file.ToArray();
    }
}
