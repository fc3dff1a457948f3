using System.Globalization;
using Reproduction.Data;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>An experiment on target propagation whose arms are known by their names.</summary>
internal abstract class TargetPropagationExperiment : TargetPropagationExperiment<string>;

/// <summary>What all experiments on target propagation have in common.</summary>
internal abstract class TargetPropagationExperiment<TArm> : Experiment<TArm>
    where TArm : notnull
{
    /// <inheritdoc/>
    public override string Paper => TargetPropagationProtocol.Paper;

    /// <inheritdoc/>
    public override string PaperTitle => "A Backpropagation Alternative";

    /// <summary>Images of grey levels.</summary>
    public override string? DataSetFor(string chosen) =>
        chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);

    /// <summary>A panel of those curves that have points; none if there are none, as where all runs diverged.</summary>
    protected static IEnumerable<Panel> PanelOf(
        string title,
        string xLabel,
        string yLabel,
        IEnumerable<Curve> curves,
        IReadOnlyList<(double At, string Text)>? xTicks = null,
        bool isLogarithmic = false,
        bool isCategorical = false
    )
    {
        Curve[] drawn = [.. curves.Where(curve => curve.X.Count > 0)];
        return drawn.Length > 0
            ? [new LinePanel(title, xLabel, yLabel, drawn, xTicks, isLogarithmic, isCategorical)]
            : [];
    }

    /// <summary>The figure of some panels; none if there are none.</summary>
    /// <param name="title">What the panels show, asked for only if there are any.</param>
    protected static IEnumerable<Artefact> FigureOf(
        string name,
        Func<string> title,
        ResultFolder results,
        string note,
        int columns,
        IEnumerable<Panel> panels
    )
    {
        Panel[] drawn = [.. panels];
        return drawn.Length > 0
            ? [new FigureArtefact(name, new Figure(title(), results.Provenance.DataSet, note, columns, drawn))]
            : [];
    }

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
