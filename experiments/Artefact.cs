using Reproduction.Figures;

namespace Reproduction.Experiments;

/// <summary>Something drawn: a figure or a table, and the name of its files.</summary>
public abstract record Artefact(string Name);

/// <summary>A figure to be drawn by every back end at hand.</summary>
public sealed record FigureArtefact(string Name, Figure Figure) : Artefact(Name);

/// <summary>A table to be written as CSV, Markdown and LaTeX.</summary>
public sealed record TableArtefact(string Name, Table Table) : Artefact(Name);
