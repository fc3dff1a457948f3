using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Training;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C9: the weights of the competitive rule on CIFAR-10 show objects. Which objects they are only an eye can say; that
/// they are pictures, and whether the printed ones show them, can be computed. The paper shows one network, and so does
/// this: its neurons are the sample.
/// </summary>
internal static class C9FeaturesShowObjects
{
    private const string Experiment = "fault-4-picture-layout";
    private const double Most = 0.5;

    public static IEnumerable<Claim> Claims =>
        [
            Claim(
                "C9/weights",
                "In one network, the weights of most of the competitive rule's neurons on CIFAR-10 are pictures "
                    + "(ships, birds, horses to the eye), not noise",
                "shown: of this network's neurons, the share whose neighbouring pixels are more alike than noise lies "
                    + "above one half",
                DecideWeights
            ),
            Claim(
                "C9/printed",
                "In one network, most of the printed pictures show these weights as they are",
                "shown: of this network's neurons, the share whose weights are smoother in the right layout than in "
                    + "the printed one lies below one half; artefact of F4: refuted, and the weights of most neurons "
                    + "are shown to be pictures in the right layout",
                DecidePrinted
            ),
        ];

    private static Claim Claim(string id, string statement, string rule, Func<Evidence, Finding> decide) =>
        new(
            id,
            Evidences.In("Figures 2, 4, 5"),
            statement,
            "in pictures",
            Evidences.Cifar10,
            Evidences.Id(Experiment),
            rule,
            decide
        )
        {
            Needs = [Evidences.Runs(Experiment, arm => arm.Rule == PublishedProtocol.Competitive)],
        };

    private static Finding DecideWeights(Evidence evidence)
    {
        PictureRow[] own = Read(evidence);
        return new Finding(ArePictures(own));
    }

    private static Finding DecidePrinted(Evidence evidence)
    {
        PictureRow[] own = Read(evidence);
        int smoother = own.Count(row => row.RightLayout > row.PrintedLayout);
        string right = Cells.Number(own.Select(row => row.RightLayout).Median(), 2),
            printed = Cells.Number(own.Select(row => row.PrintedLayout).Median(), 2);
        Condition claim = Quantity
            .Share($"share of {own.Length} neurons smoother in the right layout", smoother, own.Length)
            .Below(Most);
        return new Finding(claim, $"Moran's I {right} against {printed} as printed (medians)")
        {
            Mistake = ("F4", ArePictures(own)),
        };
    }

    private static Condition ArePictures(PictureRow[] own)
    {
        int structured = own.Count(row => row.RightLayoutP < LiveNeurons.Level);
        return Quantity.Share($"share of {own.Length} neurons that are no noise", structured, own.Length).Above(Most);
    }

    private static PictureRow[] Read(Evidence evidence)
    {
        PictureRow[] own =
        [
            .. evidence
                .Table<PictureRow>(Experiment, Experiment)
                .Where(row => row.Rule == PublishedProtocol.Competitive.Name),
        ];
        return own.Length > 0 ? own : throw new MissingEvidenceException("the competitive rule's run came to no end");
    }
}
