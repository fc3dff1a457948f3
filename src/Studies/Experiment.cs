using Reproduction.Data;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Studies;

/// <summary>
/// One figure or table of a paper: the runs it needs, the tables of results made from their records, and the drawing
/// made from those tables alone. Derive from <see cref="Experiment{TArm}"/>: every class with a parameterless
/// constructor is found and run, and nothing else needs to be edited to add one.
/// </summary>
public abstract class Experiment
{
    /// <summary>The paper's folder, in kebab case.</summary>
    public abstract string Paper { get; }

    /// <summary>The paper's title.</summary>
    public abstract string PaperTitle { get; }

    /// <summary>The paper's own name for the figure or table, in kebab case: <c>figure-1</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The question that the experiment answers, in one line.</summary>
    public abstract string Question { get; }

    /// <summary>Whether its tables are shown when everything is run, and not only written.</summary>
    public virtual bool IsHeadline => false;

    /// <summary>The name on the command line.</summary>
    public string Id => $"{Paper}/{Name}";

    /// <summary>
    /// Returns the data set that the experiment runs on if a user chose <paramref name="chosen"/>; null if it does not
    /// run then. By default it is the chosen one, if that has classes.
    /// </summary>
    public virtual string? DataSetFor(string chosen) => DataSets.Regressions.Contains(chosen) ? null : chosen;

    /// <summary>
    /// Returns the searches on validation data, which must be finished before <see cref="Runs"/> is called; it finds
    /// them in <see cref="ExperimentPlan.Searched"/>.
    /// </summary>
    public abstract IEnumerable<PlannedRun> Search(ExperimentPlan plan);

    /// <summary>Returns the runs that the experiment needs.</summary>
    public abstract IEnumerable<PlannedRun> Runs(ExperimentPlan plan);

    /// <summary>Makes the tables, which are saved as CSV, from the finished runs.</summary>
    /// <param name="runs">The runs of <see cref="Search"/>, then those of <see cref="Runs"/>, in their order, including
    /// diverged ones.
    /// </param>
    public abstract IReadOnlyList<IResultTable> Assemble(IReadOnlyList<MeasuredRun> runs);

    /// <summary>Draws from the saved tables.</summary>
    public abstract IReadOnlyList<Artefact> Draw(ResultFolder results);

    /// <summary>Draws what changes over training from the saved tables, frame by frame. By default there is
    /// nothing.</summary>
    public virtual IReadOnlyList<Animation> Animate(ResultFolder results) => [];

    /// <summary>
    /// Says what the saved tables show, in sentences with their numbers, each a finding that stands alone. By default
    /// there is none.
    /// </summary>
    public virtual IEnumerable<string> Findings(ResultFolder results) => [];
}

/// <inheritdoc/>
/// <typeparam name="TArm">How the experiment names its arms; equal values are the same arm.</typeparam>
public abstract class Experiment<TArm> : Experiment
    where TArm : notnull
{
    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<TArm>> Search(ExperimentPlan plan) => [];

    /// <inheritdoc/>
    public abstract override IEnumerable<PlannedRun<TArm>> Runs(ExperimentPlan plan);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<IResultTable> Assemble(IReadOnlyList<MeasuredRun> runs)
    {
        IEnumerable<MeasuredRun<TArm>> labelled = runs.Cast<MeasuredRun<TArm>>();
        return Tables([.. labelled.DistinctBy(run => (run.Arm, run.Role, run.RunId))]);
    }

    /// <inheritdoc cref="Experiment.Assemble"/>
    /// <param name="runs">As for <see cref="Experiment.Assemble"/>, each run of an arm once.</param>
    protected abstract IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<TArm>> runs);
}
