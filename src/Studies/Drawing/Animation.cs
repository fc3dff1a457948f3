using Reproduction.Figures;

namespace Reproduction.Studies.Drawing;

/// <summary>Figures that follow one another over training.</summary>
/// <param name="Name">The name of the file, without ending.</param>
/// <param name="Frames">The figures, of one size, at least two.</param>
public sealed record Animation(string Name, IReadOnlyList<Figure> Frames);
