using Reproduction.Experiments.Families;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T7: propagated targets train the hidden layer, which then beats random projections.</summary>
internal static class T7TrainsLowerLayers
{
    private const string ByInverse =
        "Targets propagated through the inverse of an activation train lower layers: the hidden layer beats random "
        + "projections";

    public static IEnumerable<Claim> Claims =>
        [
            Claim(Evidences.Note, "inverse/0.1", FamilyComparison.ByInverse, $"{ByInverse}, leaky ReLU of slope 0.1"),
            Claim(
                Evidences.Note,
                "inverse/0.5",
                FamilyComparison.ByInverseFlatter,
                $"{ByInverse}, leaky ReLU of slope 0.5"
            ),
            Claim(
                Evidences.Corrected,
                "slope",
                FamilyComparison.Found,
                "Targets propagated by the activation's slope train lower layers, leaky ReLU of slope 0.1"
            ),
        ];

    private static Claim Claim(string source, string pass, string arm, string statement) =>
        Evidences.Claim($"T7/{pass}", source, statement, "families", evidence => Decide(arm, evidence));

    private static Finding Decide(string arm, Evidence evidence)
    {
        ArmRuns<ProbedRow> data = ProbedRow.ByArm(evidence.Table<ProbedRow>("families", "families"));
        if (data.Count(arm) == 0)
        {
            throw new MissingEvidenceException($"{arm} was not run");
        }

        string accuracy = $"test accuracy {Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 2)} %";
        GateRow? decision = evidence
            .Table<GateRow>("families", FamilyComparison.DecisionsName)
            .FirstOrDefault(row => row.Rule == arm);
        if (data.HasDiverged(arm) || decision is null)
        {
            return Finding.Of(accuracy, false, data.Count(arm));
        }

        string value =
            $"{accuracy}; ridge probe on {TargetPropagationProtocol.Units} hidden units less the same "
            + $"untrained {decision.Text}";
        int seeds = decision.IsProvisional ? Finding.TooFewSeeds : decision.Seeds;
        return Finding.Of(value, decision.Verdict == GateVerdict.Beats, seeds);
    }
}
