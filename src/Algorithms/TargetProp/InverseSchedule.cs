namespace Reproduction.Algorithms.TargetProp;

/// <summary>When inverses learn (Bartunov et al. 2018).</summary>
public enum InverseSchedule
{
    /// <summary>First the inverses from this batch, then targets from the new inverses.</summary>
    Alternating,

    /// <summary>Targets from the inverses as they were; both learn at once.</summary>
    Parallel,
}
