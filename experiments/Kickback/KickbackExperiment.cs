using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// What all experiments on regressions have in common: arms, each with its learning rate searched for.
/// </summary>
public abstract class KickbackExperiment : Experiment
{
    /// <inheritdoc/>
    public override string Paper => KickbackProtocol.Paper;

    /// <inheritdoc/>
    public override string PaperTitle => KickbackProtocol.PaperTitle;

    /// <summary>A regression; the simulated arm unless another was chosen.</summary>
    public override string? DataSetFor(string chosen) => DataSets.Regressions.Contains(chosen) ? chosen : RobotArm.Id;

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Arms(plan).SelectMany(arm => KickbackProtocol.Search(plan, arm));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        Arms(plan).SelectMany(arm => KickbackProtocol.Tuned(plan, arm));

    /// <summary>What is compared.</summary>
    private protected abstract IEnumerable<KickbackArm> Arms(ExperimentPlan plan);
}
