using System.Globalization;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K1: coherence amplifies activity from layer to layer, so that deep networks do not train.</summary>
internal static class K1CoherenceAmplifies
{
    private const string GrowthExperiment = "activation-growth";
    private const string TrainingExperiment = "interventions";

    // Activity grows if a layer has more than this many times the one below.
    private const double Grows = 2;

    public static IEnumerable<Claim> Claims =>
        [.. Evidences.Coherent.Select(ActivityGrows), .. Evidences.Coherent.Select(DeepNetworksFail)];

    private static Claim ActivityGrows(Initialization initialization) =>
        new(
            $"K1/growth/{Evidences.Size(initialization)}",
            Evidences.Revisited("large positive or negative activations amplify and cause exploding final values"),
            $"Coherence amplifies activity from layer to layer, {Evidences.Weights(initialization)}",
            Claim.NoNumber,
            RobotArm.Id,
            Evidences.Id(GrowthExperiment),
            "shown: at initialisation a layer's activity lies above twice that of the layer below, mean over seeds, "
                + "and its growth is more than twice that with random signs",
            evidence => DecideGrowth(initialization, evidence)
        )
        {
            Kind = Evidences.Kind(initialization),
            Needs =
            [
                ClaimNeed.Runs<KickbackArm>(
                    GrowthExperiment,
                    run =>
                        run.Role == RunRole.Baseline
                        && run.Spec.Hidden[0] == KickbackProtocol.Units
                        && IsNamed(run.Arm, initialization)
                ),
            ],
        };

    private static Finding DecideGrowth(Initialization initialization, Evidence evidence)
    {
        IReadOnlyList<ActivationRow> widths = evidence.Table<ActivationRow>(
            GrowthExperiment,
            ActivationGrowth.WidthsName
        );
        double[] Growth(Initialization drawn) =>
            ActivationGrowth.Growth(widths, drawn, KickbackProtocol.Units) is { Length: > 0 } growth
                ? growth
                : throw new MissingEvidenceException("activity at initialisation was not measured");
        double[] own = Growth(initialization),
            random = Growth(Initialization.He);
        string derived =
            initialization == Initialization.SignMatched
                ? $"; derived {Cells.Number(ActivationGrowth.Derived * Math.Sqrt(KickbackProtocol.Units), 2)}"
                : "";
        return new Finding(
            Condition.All(
                Quantity.Mean("growth a layer", own).Above(Grows),
                Quantity
                    .Mean("growth less twice that with random signs", [.. own.Zip(random, (o, r) => o - (Grows * r))])
                    .Above(0)
            ),
            $"{KickbackProtocol.Units} units a layer{derived}"
        );
    }

    private static Claim DeepNetworksFail(Initialization initialization) =>
        new(
            $"K1/training/{Evidences.Size(initialization)}",
            Evidences.Revisited("extreme numerical instability as the number of layers increased"),
            $"With coherent weights training fails as layers are added, {Evidences.Weights(initialization)}",
            Claim.NoNumber,
            RobotArm.Id,
            Evidences.Id(TrainingExperiment),
            "shown: under SGD the share of seeds that explain less than half of the variance lies above one half in "
                + "the deepest coherent network, and below it in the shallowest and in the deepest with random signs",
            evidence => DecideTraining(initialization, evidence)
        )
        {
            Kind = Evidences.Kind(initialization),
            Needs =
            [
                ClaimNeed.Of<KickbackArm>(
                    TrainingExperiment,
                    arm =>
                        arm.Rule == KickbackArm.KickbackRule
                        && arm.Optimizer == OptimizerKind.Sgd
                        && arm.Normalization == Normalization.None
                        && IsNamed(arm, initialization)
                ),
            ],
        };

    private static Finding DecideTraining(Initialization initialization, Evidence evidence)
    {
        ErrorTable errors = Evidences.Interventions(evidence),
            search = new(evidence.Table<ErrorRow>(TrainingExperiment, ErrorTable.SearchName(TrainingExperiment)));
        int[] depths = Evidences.Depths(errors, initialization);
        string signs = KickbackArm.Signs(initialization);
        Quantity Failing(Initialization drawn, int depth) =>
            Evidences.Failing(errors, Plain(drawn, depth), $"{KickbackArm.Signs(drawn)}, {depth} hidden layers");
        string LargestRate(int depth) =>
            search.RatesThatLearn(Plain(initialization, depth)) is { Count: > 0 } rates
                ? rates[^1].ToString("0.#######", CultureInfo.InvariantCulture)
                : "none";
        return new Finding(
            Condition.All(
                Failing(initialization, depths[^1]).Above(0.5),
                Failing(initialization, depths[0]).Below(0.5),
                Failing(Initialization.He, depths[^1]).Below(0.5)
            ),
            $"{signs}, largest rate that learns with {string.Join(", ", depths)} hidden layers: "
                + string.Join(", ", depths.Select(LargestRate))
        );
    }

    private static bool IsNamed(KickbackArm arm, Initialization initialization) =>
        arm.Initialization == initialization || arm.Initialization == Initialization.He;

    private static KickbackArm Plain(Initialization initialization, int depth) =>
        KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, depth);
}
