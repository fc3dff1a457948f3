using Reproduction.Figures;

namespace Reproduction.Studies.Drawing;

/// <summary>A figure to be drawn by every back end at hand.</summary>
public sealed record FigureArtefact(string Name, Figure Figure) : Artefact(Name);
