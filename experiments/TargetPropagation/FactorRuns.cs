using Reproduction.Experiments.TargetPropagation.Instruments;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The runs in which the factors themselves are measured, with small and with large batches.</summary>
internal static class FactorRuns
{
    private const int Directions = 32;

    // 8,192 of these are not for validation: whole batches of either size.
    private const int Samples = 9_830;

    /// <summary>Samples per training step.</summary>
    public static readonly int[] Batches = [256, 4096];

    /// <summary>The names of the arms.</summary>
    public static readonly string[] Arms = [.. Batches.Select(Arm)];

    /// <summary>The layers, as measures name them.</summary>
    public static readonly string[] Layers = ["hidden1", "output"];

    public static IEnumerable<PlannedRun<string>> Of(ExperimentPlan plan) =>
        from batch in Batches
        from seed in plan.Seeds
        select new PlannedRun<string>(Arm(batch), RunRole.Final, Spec(plan, batch, seed));

    /// <summary>The name of the arm of a batch size.</summary>
    public static string Arm(int batch) => $"batch {batch}";

    private static RunSpec Spec(ExperimentPlan plan, int batch, long seed) =>
        TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, Directions) with
        {
            Instruments = [FactorInstrument.Id],
            Batch = batch,
            Seed = seed,
            LearningRate = 0.3,
            Epochs = Epochs(plan, batch),
            Limit = Samples,
        };

    /// <summary>As many steps with either batch, in the paper profile.</summary>
    private static int Epochs(ExperimentPlan plan, int batch) =>
        batch == Batches[0] ? 1
        : plan.Profile == Profile.Paper ? batch / Batches[0]
        : 2;
}
