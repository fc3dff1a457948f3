using Reproduction.CommandLine.Display;
using Reproduction.Evaluation.Store;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.CommandLine.Drawing;

/// <summary>Draws experiments from their saved tables into files.</summary>
internal sealed class ArtefactWriter(ResultLayout layout, IDisplay display)
{
    /// <summary>Draws the figures and tables of an experiment for one profile and data set.</summary>
    /// <param name="showTables">Whether tables are shown as well as written.</param>
    /// <param name="animate">Whether animations are written too.</param>
    /// <returns>Whether there were results to draw from.</returns>
    public bool Draw(Experiment experiment, Profile profile, string dataSet, bool showTables, bool animate = false)
    {
        if (layout.Open(experiment, profile, dataSet) is not { } results)
        {
            return false;
        }

        string folder = layout.FiguresOf(profile, experiment.Paper, dataSet);
        foreach (Artefact artefact in experiment.Draw(results))
        {
            Write(folder, artefact, showTables);
        }

        foreach (Animation animation in animate ? experiment.Animate(results) : [])
        {
            string path = Path.Combine(folder, animation.Name + ".gif");
            AtomicFile.Write(path, AnimatedGif.Of(animation.Frames));
            display.Line($"animation of {animation.Frames.Count} moments: {path}");
        }

        return true;
    }

    /// <summary>Writes a figure or table into a folder.</summary>
    public void Write(string folder, Artefact artefact, bool showTables)
    {
        string path = Path.Combine(folder, artefact.Name);
        switch (artefact)
        {
            case FigureArtefact { Figure: { } figure }:
                foreach ((string extension, byte[] content) in FigureFiles.Draw(figure))
                {
                    AtomicFile.Write(path + extension, content);
                    display.Detail($"figure: {path}{extension}");
                }

                if (ContactSheet.Of(figure) is { } sheet)
                {
                    AtomicFile.Write($"{path}-weights.png", sheet);
                    display.Detail($"figure: {path}-weights.png");
                }

                break;
            case TableArtefact { Table: { } table }:
                AtomicFile.Write(path + ".csv", Csv.Write(table.Columns, table.Rows));
                AtomicFile.Write(path + ".md", MarkdownTable.Write(table));
                AtomicFile.Write(path + ".tex", LatexTable.Write(table));
                display.Detail($"table: {path}.md (.tex, .csv)");
                if (showTables)
                {
                    display.Table(table);
                }

                break;
        }
    }
}
