namespace Reproduction.Figures;

/// <summary>A panel of small images side by side, e.g. the weights of neurons.</summary>
/// <param name="Columns">The number of images per row.</param>
public sealed record ImagePanel(string Title, int Columns, IReadOnlyList<ImageTile> Tiles) : Panel(Title);
