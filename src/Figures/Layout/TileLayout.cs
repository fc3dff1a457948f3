namespace Reproduction.Figures;

/// <summary>The positions of a panel's images, within the panel, and their grey levels.</summary>
internal sealed class TileLayout
{
    private readonly int columns;
    private readonly double left;
    private readonly double pitch;

    public TileLayout(ImagePanel panel, FigureLayout figure)
    {
        columns = panel.Columns;
        int rows = (panel.Tiles.Count + columns - 1) / columns;
        pitch = Math.Min((figure.PanelWidth - 30) / columns, (figure.PanelHeight - 40) / Math.Max(rows, 1));
        left = (figure.PanelWidth - (pitch * columns)) / 2;
    }

    /// <summary>The width and height of an image.</summary>
    public double Size => pitch - 2;

    /// <summary>Returns the upper left corner of an image.</summary>
    public (double X, double Y) Origin(int tile) =>
        (left + (tile % columns * pitch) + 1, 26 + (tile / columns * pitch) + 1);

    /// <summary>Returns the grey levels of an image, from 0 for the smallest value to 255 for the largest.</summary>
    public static byte[] Levels(ImageTile tile)
    {
        float low = tile.Values.Min(),
            range = tile.Values.Max() - low;
        return [.. tile.Values.Select(value => range > 0 ? (byte)(((value - low) / range * 255) + 0.5f) : (byte)127)];
    }
}
