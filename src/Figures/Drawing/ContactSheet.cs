using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Reproduction.Figures;

/// <summary>The pictures of a figure's image panels as one PNG, every pixel a square of whole pixels.</summary>
public static class ContactSheet
{
    private const int Scale = 3;
    private const int Gap = 12;

    /// <summary>Returns the PNG: panels row by row as in the figure; null if the figure has no image panels.</summary>
    public static byte[]? Of(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        byte[][,,] panels = [.. figure.Panels.OfType<ImagePanel>().Select(Mosaic.Of)];
        if (panels.Length == 0)
        {
            return null;
        }

        int columns = Math.Min(figure.Columns, panels.Length),
            rows = (panels.Length + columns - 1) / columns,
            width = (Scale * panels.Max(panel => panel.GetLength(1))) + Gap,
            height = (Scale * panels.Max(panel => panel.GetLength(0))) + Gap;
        using Image<Rgb24> sheet = new(columns * width - Gap, rows * height - Gap, new Rgb24(255, 255, 255));
        for (int i = 0; i < panels.Length; i++)
        {
            using Image<Rgb24> panel = Picture(panels[i]);
            Point place = new(i % columns * width, i / columns * height);
            sheet.Mutate(whole => whole.DrawImage(panel, place, opacity: 1));
        }

        using MemoryStream png = new();
        sheet.SaveAsPng(png);
        return png.ToArray();
    }

    private static Image<Rgb24> Picture(byte[,,] pixels)
    {
        Image<Rgb24> picture = new(pixels.GetLength(1), pixels.GetLength(0));
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                picture[x, y] = new Rgb24(pixels[y, x, 0], pixels[y, x, 1], pixels[y, x, 2]);
            }
        }

        picture.Mutate(whole =>
            whole.Resize(Scale * picture.Width, Scale * picture.Height, KnownResamplers.NearestNeighbor)
        );
        return picture;
    }
}
