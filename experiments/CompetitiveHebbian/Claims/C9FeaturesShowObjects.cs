using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Training;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C9: the weights of the competitive rule on CIFAR-10 show objects. Which objects they are only an eye can say; that
/// they are pictures, and whether the printed ones show them, can be computed. The neurons are the sample.
/// </summary>
internal static class C9FeaturesShowObjects
{
    private const string Source = "Figures 2, 4, 5";
    private const string Experiment = "fault-4-picture-layout";
    private const double NearlyAll = 0.9;

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "C9/weights",
                Source,
                "The competitive rule's weights on CIFAR-10 are pictures (ships, birds, horses to the eye), not noise",
                "pictures",
                Evidences.Cifar10,
                Evidences.Id(Experiment),
                DecideWeights
            ),
            new(
                "C9/printed",
                Source,
                "The printed pictures show these weights",
                "pictures",
                Evidences.Cifar10,
                Evidences.Id(Experiment),
                DecidePrinted
            ),
        ];

    private static Finding DecideWeights(Evidence evidence)
    {
        PictureRow[] own = Read(evidence);
        int structured = own.Count(row => row.RightLayoutP < LiveNeurons.Level);
        return Finding.Of(
            $"in the right layout {structured} of {own.Length} have neighbouring pixels more alike than noise",
            structured >= NearlyAll * own.Length,
            own.Length
        );
    }

    private static Finding DecidePrinted(Evidence evidence)
    {
        PictureRow[] own = Read(evidence);
        int smoother = own.Count(row => row.RightLayout > row.PrintedLayout);
        string right = Cells.Number(own.Select(row => row.RightLayout).Median(), 2),
            printed = Cells.Number(own.Select(row => row.PrintedLayout).Median(), 2);
        string value =
            $"in the right layout {smoother} of {own.Length} are smoother than in the printed one: Moran's I {right} "
            + $"against {printed} (medians)";
        return smoother >= NearlyAll * own.Length
            ? Finding.ArtefactOf(value, ["F4"], own.Length)
            : Finding.Of(value, holds: true, own.Length);
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
