using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>The content of the report, drawn from saved results alone.</summary>
internal sealed class ReportContent
{
    private readonly List<string> problems = [];

    private ReportContent(ResultLayout layout)
    {
        Ledger = new Ledger(layout).Compute();
        string[] dataSets = [.. DataSets.Names.Where(name => name != DataSets.Auto)];
        Chapters =
        [
            .. from profile in Enum.GetValues<Profile>().OrderDescending()
            from paper in ExperimentCatalog.All.GroupBy(experiment => experiment.Paper)
            from dataSet in dataSets
            let sections = paper
                .OrderByDescending(experiment => experiment.IsHeadline)
                .Select(experiment => Section(layout, experiment, profile, dataSet))
                .OfType<ReportSection>()
                .ToArray()
            where sections.Length > 0
            select new ReportChapter(sections[0].Title, profile, sections[0].Provenance.DataSet, sections),
            .. from dataSet in dataSets
            let sections = Try(() => Comparisons(layout, dataSet).ToArray()) ?? []
            where sections.Length > 0
            select new ReportChapter(sections[0].Title, null, sections[0].Provenance.DataSet, sections),
        ];
    }

    /// <summary>The claims of the papers and the verdicts on them.</summary>
    public IReadOnlyList<LedgerRow> Ledger { get; }

    /// <summary>All chapters.</summary>
    public IReadOnlyList<ReportChapter> Chapters { get; }

    /// <summary>The chapters on papers: those of the paper profile, which the verdicts rest on.</summary>
    public IEnumerable<ReportChapter> Papers => Chapters.Where(chapter => chapter.Profile == Profile.Paper);

    /// <summary>The chapters on what the user has run: the quick profile, and comparisons.</summary>
    public IEnumerable<ReportChapter> Own => Chapters.Where(chapter => chapter.Profile != Profile.Paper);

    /// <summary>
    /// The findings of all experiments, each on the first data set that it was run on. They are the papers'; where no
    /// paper was run, they are the user's own.
    /// </summary>
    public IReadOnlyList<string> Headlines =>
        [
            .. from chapter in Papers.Any() ? Papers : Own
            from section in chapter.Sections
            group (chapter, section) by section.Id into experiment
            let first = experiment.First()
            from finding in first.section.Findings
            select $"{finding.TrimEnd('.')} ({first.chapter.DataSet}).",
        ];

    /// <summary>The figure that comes first: the first one of the first headline.</summary>
    public FigureArtefact? Poster =>
        (Papers.Any() ? Papers : Own)
            .SelectMany(chapter => chapter.Sections)
            .Where(section => section.IsHeadline)
            .SelectMany(section => section.Artefacts)
            .OfType<FigureArtefact>()
            .FirstOrDefault();

    /// <summary>Damaged results that are left out, one line each.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Collects everything that the report shows.</summary>
    /// <exception cref="ResultsException">There are no results.</exception>
    public static ReportContent Of(ResultLayout layout)
    {
        ReportContent content = new(layout);
        return content.Chapters.Count > 0
            ? content
            : throw new ResultsException(
                $"{layout.Results}: no results to report there; make them with 'reproduce "
                    + $"run'{string.Concat(content.Problems.Select(problem => $"; {problem}"))}"
            );
    }

    private ReportSection? Section(ResultLayout layout, Experiment experiment, Profile profile, string dataSet) =>
        Try(() =>
            layout.Open(experiment, profile, dataSet) is { } results
                ? new ReportSection(
                    experiment.PaperTitle,
                    experiment.Id,
                    experiment.Question,
                    experiment.IsHeadline,
                    results.Provenance,
                    layout.FiguresOf(profile, experiment.Paper, dataSet),
                    results.Path,
                    [.. experiment.Findings(results)],
                    experiment.Draw(results)
                )
                : null
        );

    private static IEnumerable<ReportSection> Comparisons(ResultLayout layout, string dataSet) =>
        from saved in SavedComparison.All(layout, dataSet)
        select new ReportSection(
            "Your comparisons",
            $"{SavedComparison.Command}/{dataSet}/{saved.Name}",
            $"Are these rules better than random projections: {saved.Comparison.Subject}?",
            true,
            saved.Provenance,
            SavedComparison.FiguresOf(layout, dataSet, saved.Name),
            SavedComparison.ResultsOf(layout, SavedComparison.Command, dataSet, saved.Name),
            [$"Of the same network, {Decisions.InWords(saved.Comparison.Verdicts)}."],
            saved.Comparison.Draw()
        );

    private T? Try<T>(Func<T?> open)
        where T : class
    {
        try
        {
            return open();
        }
        catch (ResultsException exception)
        {
            // If the results of one experiment are damaged, the report still shows the others.
            problems.Add(exception.Message);
            return null;
        }
    }
}
