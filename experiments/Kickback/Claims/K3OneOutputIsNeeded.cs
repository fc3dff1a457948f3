using Reproduction.Data;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K3: Kickback needs a single scalar output.</summary>
internal static class K3OneOutputIsNeeded
{
    public static IEnumerable<Claim> Claims =>
        [
            new(
                "K3",
                Evidences.Revisited,
                "Kickback needs a single scalar output",
                Evidences.NoNumber,
                RobotArm.Id,
                Evidences.Id("one-scalar"),
                Decide
            ),
        ];

    private static Finding Decide(Evidence evidence)
    {
        ErrorTable errors = new(evidence.Table<ErrorRow>("one-scalar", "one-scalar"));
        MedianRatio ratio = MedianRatio.Of(Evidences.LogRatios(errors, OneScalar.Together, OneScalar.Apart));
        string value =
            $"seven torques by one network and the sum of its errors: {errors.Summary(OneScalar.Together)}; by "
            + $"a network each: {errors.Summary(OneScalar.Apart)}; ratio {ratio}";
        bool holds = errors.HasFailed(OneScalar.Together) && !errors.HasFailed(OneScalar.Apart);
        return Finding.Of(value, holds, ratio.Seeds);
    }
}
