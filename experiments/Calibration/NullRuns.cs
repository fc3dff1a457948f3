using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Calibration;

/// <summary>
/// The runs of <see cref="Calibration"/>: random projections of several widths with many seeds, of which any two differ
/// by chance alone.
/// </summary>
internal static class NullRuns
{
    /// <summary>The probe of all runs.</summary>
    public const string Probe = "ridge";

    private static readonly int[] Widths = [32, 128, 512, 2048];

    // The largest comparison has twenty seeds a side.
    private const int Networks = 80;

    public static IEnumerable<PlannedRun<int>> All(ExperimentPlan plan) =>
        from width in plan.Affordable(Widths, 128)
        from seed in Enumerable.Range(1, plan.Profile == Profile.Paper ? Networks : 20)
        let spec = plan.Rules[RandomProjectionFamily.Random].Spec(plan.DataSet, [width], seed, [Probe])
        select new PlannedRun<int>(width, RunRole.Baseline, spec with { Limit = plan.SampleLimit });
}
