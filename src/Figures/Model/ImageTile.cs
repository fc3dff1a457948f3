namespace Reproduction.Figures;

/// <summary>
/// A small image; its own smallest value is black, its largest white (of three channels: full colour).
/// </summary>
/// <param name="Values">Numbers row by row; of three channels red, green and blue of a pixel together.</param>
/// <param name="Channels">1 for grey, 3 for colour.</param>
public sealed record ImageTile(int Height, int Width, IReadOnlyList<float> Values, int Channels = 1);
