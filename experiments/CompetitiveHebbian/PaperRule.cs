namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>A rule as the paper calls it.</summary>
/// <param name="Id">The suite's name of the rule.</param>
/// <param name="Name">The name in the paper's tables.</param>
/// <param name="Activation">The activation of the hidden units.</param>
internal sealed record PaperRule(string Id, string Name, string Activation = "relu")
{
    /// <summary>The rule's style on figures.</summary>
    public SeriesStyle Style => SeriesStyles.OfRule(Id);
}
