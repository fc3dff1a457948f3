namespace Reproduction.Figures;

/// <summary>Puts the small images of a panel into one picture.</summary>
internal static class Mosaic
{
    private const byte White = 255;

    /// <summary>
    /// Returns the picture as [row, column, red green blue], with one white pixel between images. Each image's smallest
    /// value is black and its largest white; an image of one value is grey.
    /// </summary>
    public static byte[,,] Of(ImagePanel panel)
    {
        int rows = (panel.Tiles.Count + panel.Columns - 1) / panel.Columns,
            tileHeight = panel.Tiles.Max(tile => tile.Height) + 1,
            tileWidth = panel.Tiles.Max(tile => tile.Width) + 1;
        byte[,,] pixels = new byte[(rows * tileHeight) - 1, (panel.Columns * tileWidth) - 1, 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i / 3 / pixels.GetLength(1), i / 3 % pixels.GetLength(1), i % 3] = White;
        }

        for (int t = 0; t < panel.Tiles.Count; t++)
        {
            ImageTile tile = panel.Tiles[t];
            byte[] levels = Levels(tile);
            int top = t / panel.Columns * tileHeight,
                left = t % panel.Columns * tileWidth;
            for (int p = 0; p < tile.Height * tile.Width; p++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    pixels[top + (p / tile.Width), left + (p % tile.Width), channel] = levels[
                        (p * tile.Channels) + (tile.Channels == 3 ? channel : 0)
                    ];
                }
            }
        }

        return pixels;
    }

    private static byte[] Levels(ImageTile tile)
    {
        float low = tile.Values.Min(),
            range = tile.Values.Max() - low;
        return [.. tile.Values.Select(value => range > 0 ? (byte)(((value - low) / range * 255) + 0.5f) : (byte)127)];
    }
}
