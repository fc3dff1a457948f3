namespace Reproduction.Figures;

/// <summary>A grey image; its own smallest value is black, its largest white.</summary>
/// <param name="Values">Height·width numbers, row by row.</param>
public sealed record ImageTile(int Height, int Width, IReadOnlyList<float> Values);
