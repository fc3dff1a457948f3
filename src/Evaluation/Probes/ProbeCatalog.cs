using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Probes;

/// <summary>The probes by name.</summary>
public static class ProbeCatalog
{
    /// <summary>Every probe, as it would stand on a network with that normalisation.</summary>
    public static IReadOnlyList<IProbe> All(Normalization normalization) =>
        [.. PublishedProbe.Variants(normalization), new SoftmaxProbe(), new RidgeProbe()];

    /// <summary>The probe of that name.</summary>
    /// <exception cref="SpecificationException">There is none.</exception>
    public static IProbe Find(string id, Normalization normalization) =>
        All(normalization).FirstOrDefault(probe => probe.Id == id)
        ?? throw new SpecificationException(
            $"unknown probe '{id}'; there are: published, softmax, ridge, and published without some of "
                + "its faults, in this order: "
                + PublishedProbe.IdOf(Enum.GetValues<ProbeRepairs>().Aggregate((all, repair) => all | repair))
        );
}
