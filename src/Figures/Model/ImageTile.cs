namespace Reproduction.Figures;

/// <summary>
/// A small image. Its smallest value is drawn black and its largest white; with three channels it is drawn in full
/// colour.
/// </summary>
/// <param name="Values">The values row by row; with three channels, the red, green and blue of a pixel lie
/// together.</param>
/// <param name="Channels">1 for grey, 3 for colour.</param>
public sealed record ImageTile(int Height, int Width, IReadOnlyList<float> Values, int Channels = 1);
