using Reproduction.Studies;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What all experiments of this paper have in common.</summary>
public abstract class CompetitiveHebbianExperiment : Experiment
{
    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override string PaperTitle => "Learning Dynamics in Competitive Hebbian Learning";

    /// <summary>The widths' places on an axis that doubles at equal steps, with their names.</summary>
    private protected static IReadOnlyList<(double At, string Text)> WidthTicks(IEnumerable<int> widths) =>
        [
            .. widths.Select(width =>
                (Math.Log2(width), width.ToString(System.Globalization.CultureInfo.InvariantCulture))
            ),
        ];
}
