using Reproduction.Experiments.Families;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T7: propagated targets train the hidden layer, which is then better than random projections.</summary>
internal static class T7TrainsLowerLayers
{
    private const string Experiment = "families";

    private const string ByInverse =
        "Targets propagated through the inverse of an activation train lower layers: the hidden layer is better than "
        + "random projections";

    public static IEnumerable<Claim> Claims =>
        [
            Claim("inverse/0.1", FamilyComparison.ByInverse, $"{ByInverse}, leaky ReLU of slope 0.1"),
            Claim("inverse/0.5", FamilyComparison.ByInverseFlatter, $"{ByInverse}, leaky ReLU of slope 0.5"),
            Claim(
                "slope",
                FamilyComparison.Found,
                "Targets propagated by the activation's slope train lower layers: the hidden layer is better than "
                    + "random projections, leaky ReLU of slope 0.1"
            ),
        ];

    private static Claim Claim(string pass, string arm, string statement) =>
        Evidences.Claim(
            $"T7/{pass}",
            "Algorithm Outline, 6",
            "Apply the inverse of the activation function to obtain the target for the previous layer",
            statement,
            Experiment,
            "shown: the ridge probe on the hidden layer less that on the same layer untrained lies above 0 points; "
                + "refuted: below 0.5, where a run that diverges is wrong throughout",
            evidence => Decide(arm, evidence)
        ) with
        {
            Needs =
            [
                ClaimNeed.Of<FamilyArm>(Experiment, other => other.Label == arm || FamilyComparison.IsUntrained(other)),
            ],
        };

    private static Finding Decide(string arm, Evidence evidence)
    {
        ArmRuns<LearningRow> data = new(evidence.Table<LearningRow>(Experiment, Experiment), row => row.Run);
        if (data.Count(arm) == 0)
        {
            throw new MissingEvidenceException($"{arm} was not run");
        }

        LearningRow[] rows = [.. data.Of(arm).Where(row => row.RandomRunId is not null)];
        CorrectSamples correct = new(evidence.Table<CorrectRow>(Experiment, CorrectRow.NameOf(Experiment)));
        SampleTable Right(Func<LearningRow, string?> run) =>
            correct.Of(FamilyComparison.Probe, rows.Select(row => (row.Seed, run(row)!)));
        SampleTable gain = Right(row => row.Run.RunId).Less(Right(row => row.RandomRunId));
        return new Finding(
            Quantity.Points("learned less untrained", gain).Above(0, Studies.Claims.Claim.Margin),
            $"test accuracy {Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 2)} %"
        );
    }
}
