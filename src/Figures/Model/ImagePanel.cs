namespace Reproduction.Figures;

/// <summary>Small images side by side, e.g. the weights of neurons.</summary>
/// <param name="Columns">Images a row.</param>
public sealed record ImagePanel(string Title, int Columns, IReadOnlyList<ImageTile> Tiles) : Panel(Title);
