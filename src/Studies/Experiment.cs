using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Studies;

/// <summary>
/// One figure or table of a paper: which runs it needs, how their records become tables of results, and how it is drawn
/// from those tables
/// alone. Every public subclass with a parameterless constructor is found and run; nothing else needs to be edited to
/// add one.
/// </summary>
public abstract class Experiment
{
    /// <summary>The paper's folder, in kebab case.</summary>
    public abstract string Paper { get; }

    /// <summary>The paper's title.</summary>
    public abstract string PaperTitle { get; }

    /// <summary>The paper's own name for it, in kebab case: <c>figure-1</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line: what it shows.</summary>
    public abstract string Summary { get; }

    /// <summary>Whether its tables are shown when everything is run, not only written.</summary>
    public virtual bool IsHeadline => false;

    /// <summary>The name on the command line.</summary>
    public string Id => $"{Paper}/{Name}";

    /// <summary>
    /// The data set it runs on where a user chose <paramref name="chosen"/>; null for none. By default the chosen one,
    /// if it has classes.
    /// </summary>
    public virtual string? DataSetFor(string chosen) => DataSets.Regressions.Contains(chosen) ? null : chosen;

    /// <summary>
    /// The runs that must be finished before <see cref="Runs"/> can be named: searches on validation data. They are in
    /// <see cref="ExperimentPlan.Searched"/> then.
    /// </summary>
    public virtual IEnumerable<RunSpec> Search(ExperimentPlan plan) => [];

    /// <summary>The runs it needs.</summary>
    public abstract IEnumerable<RunSpec> Runs(ExperimentPlan plan);

    /// <summary>Puts the finished runs' numbers into tables, which are saved as CSV.</summary>
    /// <param name="records">In the order of <see cref="Search"/>, then of <see cref="Runs"/>; those that diverged
    /// included.</param>
    public abstract IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records);

    /// <summary>Draws from the saved tables.</summary>
    public abstract IReadOnlyList<Artefact> Draw(ResultFolder results);
}
