using Reproduction.Evaluation.Records;
using Reproduction.Studies;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The runs in which the factors themselves are recorded, with small and with large batches.</summary>
internal static class FactorRuns
{
    private const int Directions = 32;

    // Of which 8,192 are not for validation: whole batches of either size.
    private const int Samples = 9_830;

    /// <summary>Samples a step.</summary>
    public static readonly int[] Batches = [256, 4096];

    /// <summary>The layers, as notes name them.</summary>
    public static readonly string[] Layers = ["hidden1", "output"];

    public static IEnumerable<RunSpec> Of(ExperimentPlan plan) =>
        from batch in Batches
        from seed in plan.First(5)
        select TargetPropagationProtocol.Text(
            plan,
            TargetPropagationProtocol.LeastSquares,
            Directions,
            new Dictionary<string, string> { ["record"] = "factors" }
        ) with
        {
            Batch = batch,
            Seed = seed,
            LearningRate = 0.3,

            // As many steps with either batch, in the paper profile.
            Epochs =
                batch == Batches[0] ? 1
                : plan.Profile == Profile.Paper ? batch / Batches[0]
                : 2,
            Limit = Samples,
        };

    /// <summary>The name of the arm.</summary>
    public static string ArmOf(RunSpec spec) => Arm(spec.Batch);

    /// <summary>The same of a batch.</summary>
    public static string Arm(int batch) => $"batch {batch}";
}
