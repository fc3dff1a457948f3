using Reproduction.Figures;

namespace Reproduction.Studies.Drawing;

/// <summary>A table to be written as CSV, Markdown and LaTeX.</summary>
public sealed record TableArtefact(string Name, Table Table) : Artefact(Name);
