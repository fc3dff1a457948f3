using System.Globalization;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K1: coherence amplifies activity from layer to layer, so that deep networks do not train.</summary>
internal static class K1CoherenceAmplifies
{
    // Activity grows if a layer has more than this many times the one below.
    private const double Grows = 2;

    public static IEnumerable<Claim> Claims =>
        [.. Evidences.Coherent.Select(ActivityGrows), .. Evidences.Coherent.Select(DeepNetworksFail)];

    private static Claim ActivityGrows(Initialization initialization) =>
        new(
            $"K1/growth/{Evidences.Size(initialization)}",
            Evidences.Revisited,
            $"Coherence amplifies activity from layer to layer, {Evidences.Weights(initialization)}",
            Evidences.NoNumber,
            RobotArm.Id,
            Evidences.Id("activation-growth"),
            evidence => DecideGrowth(initialization, evidence)
        );

    private static Finding DecideGrowth(Initialization initialization, Evidence evidence)
    {
        IReadOnlyList<ActivationRow> widths = evidence.Table<ActivationRow>(
            "activation-growth",
            ActivationGrowth.WidthsName
        );
        SeedInterval Growth(Initialization drawn) =>
            SeedInterval.Of(ActivationGrowth.Growth(widths, drawn, KickbackProtocol.Units));
        SeedInterval own = Growth(initialization),
            random = Growth(Initialization.He);
        string derived =
            initialization == Initialization.SignMatched
                ? $" (derived {Cells.Number(ActivationGrowth.Derived * Math.Sqrt(KickbackProtocol.Units), 2)})"
                : "";
        string value =
            $"at {KickbackProtocol.Units} units a factor a layer of {Evidences.Text(own)}{derived}; with "
            + $"random signs of He's size {Evidences.Text(random)}";
        return Finding.Of(value, own.Mean > Grows && own.Mean > Grows * random.Mean, own.Count);
    }

    private static Claim DeepNetworksFail(Initialization initialization) =>
        new(
            $"K1/training/{Evidences.Size(initialization)}",
            Evidences.Revisited,
            $"Coherence makes training unstable as layers are added, {Evidences.Weights(initialization)}",
            Evidences.NoNumber,
            RobotArm.Id,
            Evidences.Id("interventions"),
            evidence => DecideTraining(initialization, evidence)
        );

    /// <summary>
    /// The claim holds if the deepest coherent network fails while the shallowest one and the deepest with random signs
    /// do not.
    /// </summary>
    private static Finding DecideTraining(Initialization initialization, Evidence evidence)
    {
        ErrorTable errors = Evidences.Interventions(evidence),
            search = new(evidence.Table<ErrorRow>("interventions", ErrorTable.SearchName("interventions")));
        int[] depths = Evidences.Depths(errors, initialization);
        KickbackArm[] coherent = [.. depths.Select(depth => Plain(initialization, depth))],
            random = [.. depths.Select(depth => Plain(Initialization.He, depth))];
        string value =
            "Kickback's seeds that explain less than half of the variance under SGD, "
            + $"{string.Join(", ", depths)} hidden layers: "
            + $"{Failures(KickbackArm.Signs(initialization), coherent, errors, search)}; "
            + Failures("random signs", random, errors, search);
        bool holds = errors.HasFailed(coherent[^1]) && !errors.HasFailed(coherent[0]) && !errors.HasFailed(random[^1]);
        return Finding.Of(value, holds, errors.BySeed(coherent[^1]).Count);
    }

    private static KickbackArm Plain(Initialization initialization, int depth) =>
        KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, depth);

    private static string Failures(string name, KickbackArm[] arms, ErrorTable errors, ErrorTable search)
    {
        string Failed(KickbackArm arm)
        {
            (int runs, _, int failed) = errors.Failures(arm);
            return $"{failed} of {runs}";
        }

        string LargestRate(KickbackArm arm) =>
            search.RatesThatLearn(arm) is { Count: > 0 } rates
                ? rates[^1].ToString("0.#######", CultureInfo.InvariantCulture)
                : "none";
        string failures = string.Join(" → ", arms.Select(Failed));
        return $"{name} {failures} (largest rate that learns {string.Join(" → ", arms.Select(LargestRate))})";
    }
}
