using System.Globalization;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What all experiments of this paper have in common.</summary>
internal abstract class CompetitiveHebbianExperiment : Experiment<PaperArm>
{
    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override string PaperTitle => PublishedProtocol.PaperTitle;

    /// <summary>The places of widths on an axis that doubles at equal steps, with their names.</summary>
    protected static IReadOnlyList<(double At, string Text)> WidthTicks(IEnumerable<int> widths) =>
        [.. widths.Select(width => (Math.Log2(width), Text(width)))];

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
