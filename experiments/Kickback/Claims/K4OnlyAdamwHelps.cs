using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K4: no intervention helps a coherent network unequivocally, except AdamW instead of SGD.</summary>
internal static class K4OnlyAdamwHelps
{
    private static readonly Intervention[] Interventions =
    [
        new("momentum", OptimizerKind.Momentum, Normalization.None),
        new("AdamW", OptimizerKind.Adamw, Normalization.None),
        new("layer normalisation", OptimizerKind.Sgd, Normalization.Layer),
        new("batch normalisation", OptimizerKind.Sgd, Normalization.Batch),
    ];

    public static IEnumerable<Claim> Claims => Evidences.Coherent.Select(Claim);

    private static Claim Claim(Initialization initialization) =>
        new(
            $"K4/{Evidences.Size(initialization)}",
            Evidences.Revisited,
            $"No intervention helps unequivocally, except AdamW instead of SGD, {Evidences.Weights(initialization)}",
            Evidences.NoNumber,
            RobotArm.Id,
            Evidences.Id("interventions"),
            evidence => Decide(initialization, evidence)
        );

    private static Finding Decide(Initialization initialization, Evidence evidence)
    {
        ErrorTable errors = Evidences.Interventions(evidence);
        int[] depths = Evidences.Depths(errors, initialization);
        Comparison[] comparisons =
        [
            .. from intervention in Interventions
            from depth in depths
            select Compare(intervention, initialization, depth, errors),
        ];
        double[] adjusted = Holm.Adjust([
            .. comparisons.Select(comparison =>
                SignFlipTest.PValue(comparison.LogRatios, RandomStream.Create(1, "sign-flip"))
            ),
        ]);
        ILookup<Intervention, bool> helps = comparisons
            .Zip(adjusted)
            .ToLookup(pair => pair.First.Intervention, pair => Helps(pair.First, pair.Second));
        bool HelpsUnequivocally(Intervention intervention) => helps[intervention].All(helped => helped);
        string Line(Intervention intervention)
        {
            IEnumerable<string> ratios = comparisons
                .Where(comparison => comparison.Intervention == intervention)
                .Select(comparison => $"{MedianRatio.Of(comparison.LogRatios)}{(comparison.Fails ? " (fails)" : "")}");
            string verdict = HelpsUnequivocally(intervention) ? " (helps)" : "";
            return $"{intervention.Name} {string.Join(", ", ratios)}{verdict}";
        }

        string value =
            $"median of the error over plain SGD's at {string.Join(", ", depths)} hidden layers: "
            + string.Join("; ", Interventions.Select(Line));
        bool holds = Interventions.All(intervention =>
            HelpsUnequivocally(intervention) == (intervention.Optimizer == OptimizerKind.Adamw)
        );
        int seeds = comparisons.Min(comparison => comparison.LogRatios.Length);
        return Finding.Of(
            value,
            holds,
            seeds >= RandomProjectionGate.SeedsNeeded(comparisons.Length) ? seeds : Finding.TooFewSeeds
        );
    }

    private static Comparison Compare(
        Intervention intervention,
        Initialization initialization,
        int depth,
        ErrorTable errors
    )
    {
        KickbackArm arm = KickbackArm.Kickback(
                initialization,
                intervention.Optimizer,
                intervention.Normalization,
                depth
            ),
            plain = KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, depth);
        return new(intervention, errors.HasFailed(arm), Evidences.LogRatios(errors, arm, plain));
    }

    /// <summary>
    /// An intervention helps at a depth if the error is smaller, not by chance, and the arm does not fail.
    /// </summary>
    private static bool Helps(Comparison comparison, double adjusted) =>
        !comparison.Fails && comparison.LogRatios.Average() < 0 && adjusted < RandomProjectionGate.Level;

    private sealed record Intervention(string Name, OptimizerKind Optimizer, Normalization Normalization);

    // Logarithms of the arm's error over plain SGD's, one per seed.
    private sealed record Comparison(Intervention Intervention, bool Fails, double[] LogRatios);
}
