using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K4: no intervention helps a coherent network unequivocally, except AdamW instead of SGD.</summary>
internal static class K4OnlyAdamwHelps
{
    private const string Experiment = "interventions";

    // An error that is smaller by less than this share of plain SGD's is no help.
    private const double Slight = 0.05;

    private static readonly Intervention AdamW = new("AdamW", OptimizerKind.Adamw, Normalization.None);

    private static readonly Intervention[] Others =
    [
        new("momentum", OptimizerKind.Momentum, Normalization.None),
        new("layer normalisation", OptimizerKind.Sgd, Normalization.Layer),
        new("batch normalisation", OptimizerKind.Sgd, Normalization.Batch),
    ];

    public static IEnumerable<Claim> Claims => Evidences.Coherent.Select(On);

    private static Claim On(Initialization initialization) =>
        new(
            $"K4/{Evidences.Size(initialization)}",
            Evidences.Revisited(
                "no intervention we made seemed to be unequivocally successful, aside from using AdamW instead of SGD"
            ),
            "AdamW instead of SGD helps at every depth, and no other intervention does, "
                + Evidences.Weights(initialization),
            Claim.NoNumber,
            RobotArm.Id,
            Evidences.Id(Experiment),
            "an intervention helps where its error over plain SGD's lies below 1 at every depth (median over seeds; a "
                + "run that explains less than half of the variance is as wrong as can be), and does not where it "
                + "lies above 0.95 at one; shown: AdamW helps, and no other intervention does",
            evidence => Decide(initialization, evidence)
        )
        {
            Kind = Evidences.Kind(initialization),
            Needs =
            [
                ClaimNeed.Of<KickbackArm>(
                    Experiment,
                    arm =>
                        arm.Rule == KickbackArm.KickbackRule
                        && arm.Initialization == initialization
                        && (arm.Optimizer == OptimizerKind.Sgd || arm.Normalization == Normalization.None)
                ),
            ],
        };

    private static Finding Decide(Initialization initialization, Evidence evidence)
    {
        ErrorTable errors = Evidences.Interventions(evidence);
        int[] depths = Evidences.Depths(errors, initialization);
        Condition Helps(Intervention intervention) =>
            Condition.All(depths.Select(depth => HelpsAt(intervention, depth)));
        Condition HelpsAt(Intervention intervention, int depth) =>
            Quantity
                .MedianRatio(
                    $"{intervention.Name}, {depth} hidden layers: error over plain SGD's",
                    Evidences.LogRatiosOfLearning(
                        errors,
                        Arm(intervention.Optimizer, intervention.Normalization, depth),
                        Arm(OptimizerKind.Sgd, Normalization.None, depth)
                    )
                )
                .Below(1, Slight);
        KickbackArm Arm(OptimizerKind optimizer, Normalization normalization, int depth) =>
            KickbackArm.Kickback(initialization, optimizer, normalization, depth);
        return new Finding(Condition.All([Helps(AdamW), .. Others.Select(other => Condition.Not(Helps(other)))]));
    }

    private sealed record Intervention(string Name, OptimizerKind Optimizer, Normalization Normalization);
}
