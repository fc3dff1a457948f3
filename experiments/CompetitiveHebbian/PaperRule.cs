namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>A rule as the paper calls it.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Name">The paper's.</param>
/// <param name="Colour">On figures.</param>
/// <param name="Activation">Of its hidden units.</param>
internal sealed record PaperRule(string Id, string Name, int Colour, string Activation = "relu");
