using Reproduction.Evaluation;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The runs in which the factors themselves are recorded, with small and with large batches.</summary>
internal static class FactorRuns
{
    private const int Directions = 8;

    /// <summary>Samples a step.</summary>
    public static readonly int[] Batches = [256, 4096];

    /// <summary>The layers, as notes name them.</summary>
    public static readonly string[] Layers = ["hidden1", "output"];

    public static IEnumerable<RunSpec> Of(ExperimentPlan plan) =>
        from batch in Batches
        from seed in TargetPropagationProtocol.Seeds(plan, 5)
        select TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, Directions, new Dictionary<string, string> { ["record"] = "factors" }) with
        {
            Batch = batch,
            Seed = seed,
            LearningRate = 0.3,

            // As many steps with either batch, in the paper profile.
            Epochs = plan.Profile == Profile.Paper ? batch / Batches[0] : 2,
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
        };

    /// <summary>The name of the arm.</summary>
    public static string ArmOf(RunSpec spec) => $"batch {spec.Batch}";
}
