namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>A rule as the paper calls it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">The paper's.</param>
/// <param name="Colour">On figures.</param>
internal sealed record PaperRule(string Id, string Name, int Colour);
