using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>K7: Kickback's hidden features are better than random projections.</summary>
internal static class K7FeaturesBeatRandomProjections
{
    private const string Experiment = "pretraining";

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "K7",
                Evidences.Revisited("the potential of the Kickback algorithm for pretraining neural networks"),
                "Kickback's hidden features are better than random projections",
                Claim.NoNumber,
                IdxDataSet.Mnist.Id,
                Evidences.Id(Experiment),
                "shown: the ridge probe on the features of ten networks less that on untrained ones, their own start "
                    + "and random signs, lies above 0 points with either initial weights; refuted: below 0.5 with one",
                Decide
            )
            {
                Kind = ClaimKind.Finding,
                Needs = [ClaimNeed.Of<PretrainingArm>(Experiment, arm => arm.Rule != KickbackArm.BackpropRule)],
            },
        ];

    private static Finding Decide(Evidence evidence)
    {
        IReadOnlyList<PretrainingRow> rows = evidence.Table<PretrainingRow>(Experiment, Experiment);
        CorrectSamples correct = new(evidence.Table<CorrectRow>(Experiment, CorrectRow.NameOf(Experiment)));
        PretrainingRow[] own = [.. rows.Where(row => row.Rule == KickbackArm.KickbackRule)];
        if (own.Length == 0)
        {
            throw new MissingEvidenceException("no features of Kickback were probed");
        }

        SampleTable Right(IEnumerable<PretrainingRow> some) =>
            correct.Of(Pretraining.Probe, some.Select(row => (row.Seed, row.RunId)));
        SampleTable Untrained(Initialization initialization) =>
            Right(rows.Where(row => row.Rule == RandomProjectionFamily.Random && row.Initialization == initialization));
        IEnumerable<Condition> gains =
            from arm in own.GroupBy(row => row.Initialization)
            from start in new[] { arm.Key, Initialization.He }.Distinct()
            let name = start == arm.Key ? Pretraining.OwnStart : Pretraining.RandomSigns
            select Quantity
                .Points($"{KickbackArm.Signs(arm.Key)} less {name}", Right(arm).Less(Untrained(start)))
                .Above(0, Claim.Margin);
        return new Finding(Condition.All(gains));
    }
}
