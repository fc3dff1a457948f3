namespace Reproduction.Studies.Drawing;

/// <summary>Something drawn: a <see cref="FigureArtefact"/> or a <see cref="TableArtefact"/>.</summary>
/// <param name="Name">The name of the files, without ending.</param>
public abstract record Artefact(string Name);
