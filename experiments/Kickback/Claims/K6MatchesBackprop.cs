using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K6: Kickback matches backpropagation on regression.</summary>
internal static class K6MatchesBackprop
{
    // Errors within this factor match.
    private const double Match = 1.1;

    public static IEnumerable<Claim> Claims =>
        from dataSet in new[] { RobotArm.Id, SarcosDataSet.Sarcos.Id }
        from optimizer in new[] { OptimizerKind.Sgd, OptimizerKind.Adamw }
        select Claim(dataSet, optimizer);

    private static Claim Claim(string dataSet, OptimizerKind optimizer) =>
        new(
            $"K6/{dataSet}/{KebabCase.From(optimizer)}",
            Evidences.Abstract,
            $"Kickback matches backprop on regression ({KebabCase.From(optimizer)})",
            Evidences.NoNumber,
            dataSet,
            Evidences.Id("interventions"),
            evidence => Decide(optimizer, evidence)
        );

    private static Finding Decide(OptimizerKind optimizer, Evidence evidence)
    {
        ErrorTable errors = Evidences.Interventions(evidence);
        List<string> values = [];
        List<MedianRatio> ratios = [];
        foreach (int depth in Evidences.Depths(errors, Initialization.SignMatchedScaled))
        {
            KickbackArm kickback = Best(
                errors,
                initialization => KickbackArm.Kickback(initialization, optimizer, Normalization.None, depth)
            );
            KickbackArm backprop = Best(
                errors,
                initialization => KickbackArm.Backprop(initialization, optimizer, Normalization.None, depth)
            );
            MedianRatio ratio = MedianRatio.Of(Evidences.LogRatios(errors, kickback, backprop));
            ratios.Add(ratio);
            values.Add($"{depth} hidden layers: {Text(errors, kickback)}, {Text(errors, backprop)}, ratio {ratio}");
        }

        return Finding.Of(
            "median errors; " + string.Join("; ", values),
            ratios.All(ratio => ratio.Median <= Match),
            ratios.Min(ratio => ratio.Seeds)
        );
    }

    /// <summary>A rule with the initial weights that suit it best, by median validation error.</summary>
    private static KickbackArm Best(ErrorTable errors, Func<Initialization, KickbackArm> arm) =>
        KickbackProtocol.Initializations.Select(arm).MinBy(errors.Validation)!;

    private static string Text(ErrorTable errors, KickbackArm arm)
    {
        (int runs, _, int failed) = errors.Failures(arm);
        string failures = failed > 0 ? $" ({failed} of {runs} failed)" : "";
        return $"{arm.Label} {Cells.Number(errors.Median(arm), 3)}{failures}";
    }
}
