using System.Text;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests that the committed results draw the committed figures and tables, to the byte. A change of a drawing shows up
/// here; if it is meant, <c>./reproduce figures --profile paper</c> draws all anew.
/// </summary>
public class SnapshotTests
{
    private static readonly ResultLayout Committed = new(
        Path.Combine(RealData.Root, "results"),
        Path.Combine(RealData.Root, "paper-figures")
    );

    public static TheoryData<string, string> Folders
    {
        get
        {
            TheoryData<string, string> folders = [];
            foreach (string paper in Directory.EnumerateDirectories(Path.Combine(Committed.Results, "paper")).Order())
            {
                foreach (string dataSet in Directory.EnumerateDirectories(paper).Order())
                {
                    folders.Add(Path.GetFileName(paper), Path.GetFileName(dataSet));
                }
            }

            return folders;
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void The_committed_results_draw_the_committed_figures_and_tables(string paper, string dataSet)
    {
        string folder = Committed.FiguresOf(Profile.Paper, paper, dataSet);
        HashSet<string> drawn = [];
        foreach (Experiment experiment in ExperimentCatalog.All.Where(experiment => experiment.Paper == paper))
        {
            if (Committed.Open(experiment, Profile.Paper, dataSet) is not { } results)
            {
                continue;
            }

            foreach (Artefact artefact in experiment.Draw(results))
            {
                foreach ((string extension, byte[] content) in Files(artefact))
                {
                    string name = artefact.Name + extension;
                    drawn.Add(name);
                    Assert.True(
                        content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, name))),
                        $"{experiment.Id} draws another {name}"
                    );
                }
            }
        }

        // Nothing is left of what no experiment draws any more. PNG and PDF are not committed.
        Assert.Equal(
            drawn.Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(folder)
                .Select(file => Path.GetFileName(file))
                .Where(name => Path.GetExtension(name) is not (".png" or ".pdf" or ".gif"))
                .Order(StringComparer.Ordinal)
        );
    }

    private static IEnumerable<(string Extension, byte[] Content)> Files(Artefact artefact) =>
        artefact switch
        {
            FigureArtefact { Figure: { } figure } => [(".svg", FigureFiles.Svg(figure))],
            TableArtefact { Table: { } table } =>
            [
                (".csv", Csv.Write(table.Columns, table.Rows)),
                (".md", Encoding.UTF8.GetBytes(MarkdownTable.Write(table))),
                (".tex", Encoding.UTF8.GetBytes(LatexTable.Write(table))),
            ],
            _ => throw new InvalidOperationException($"{artefact.Name} is neither a figure nor a table."),
        };
}
