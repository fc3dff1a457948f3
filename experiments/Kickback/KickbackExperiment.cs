using System.Globalization;
using Reproduction.Data;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// What all experiments on regressions have in common: arms, each with its learning rate searched for.
/// </summary>
internal abstract class KickbackExperiment : Experiment<KickbackArm>
{
    /// <inheritdoc/>
    public override string Paper => KickbackProtocol.Paper;

    /// <inheritdoc/>
    public override string PaperTitle => KickbackProtocol.PaperTitle;

    /// <summary>A regression; the simulated arm unless another was chosen.</summary>
    public override string? DataSetFor(string chosen) => DataSets.Regressions.Contains(chosen) ? chosen : RobotArm.Id;

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<KickbackArm>> Search(ExperimentPlan plan) =>
        Arms(plan).SelectMany(arm => SearchOf(plan.Profile).Runs(arm, Spec(plan, arm), plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<KickbackArm>> Runs(ExperimentPlan plan) =>
        Arms(plan).SelectMany(arm => KickbackProtocol.Final(plan, arm, Spec(plan, arm), SearchOf(plan.Profile)));

    /// <summary>The arms that are compared.</summary>
    protected abstract IEnumerable<KickbackArm> Arms(ExperimentPlan plan);

    /// <summary>The search for every arm's learning rate.</summary>
    protected virtual RateSearch SearchOf(Profile profile) => KickbackProtocol.SearchOf(profile);

    /// <summary>One of the arm's runs, without its learning rate.</summary>
    protected virtual RunSpec Spec(ExperimentPlan plan, KickbackArm arm) => KickbackProtocol.Spec(plan, arm);

    /// <summary>The name of the curve of a layer's cosine to backprop's step.</summary>
    /// <param name="layer">0 is the layer that sees the input.</param>
    protected static string Cosine(int layer, int depth) =>
        MeasureNames.Alignment(MeasureNames.Layer(layer, depth + 1), "cosine");

    protected static bool IsAlignment(string curve) => curve.StartsWith("alignment.", StringComparison.Ordinal);

    protected static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
