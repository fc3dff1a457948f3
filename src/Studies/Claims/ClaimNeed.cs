namespace Reproduction.Studies.Claims;

/// <summary>Runs that a claim is decided by.</summary>
/// <param name="Experiment">The name of the experiment, without its paper.</param>
/// <param name="IsNeeded">Whether a run of it is needed.</param>
public sealed record ClaimNeed(string Experiment, Func<PlannedRun, bool> IsNeeded)
{
    /// <summary>The runs of some arms.</summary>
    public static ClaimNeed Of<TArm>(string experiment, Func<TArm, bool> isNeeded)
        where TArm : notnull => Runs<TArm>(experiment, run => isNeeded(run.Arm));

    /// <summary>Some runs, by arm, role and spec.</summary>
    public static ClaimNeed Runs<TArm>(string experiment, Func<PlannedRun<TArm>, bool> isNeeded)
        where TArm : notnull => new(experiment, run => run is PlannedRun<TArm> planned && isNeeded(planned));
}
