using Reproduction.Figures;

namespace Reproduction.Studies.Drawing;

/// <summary>A figure.</summary>
public sealed record FigureArtefact(string Name, Figure Figure) : Artefact(Name);
