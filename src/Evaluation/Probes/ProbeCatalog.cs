using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Probes;

/// <summary>Finds probes by name.</summary>
public static class ProbeCatalog
{
    /// <summary>Returns every probe, for features of a network with this normalisation.</summary>
    public static IReadOnlyList<IProbe> All(Normalization normalization) =>
        [.. PublishedProbe.Variants(normalization), new SoftmaxProbe(), new RidgeProbe()];

    /// <summary>Returns the probe with this name.</summary>
    /// <exception cref="SpecificationException">There is no probe with this name.</exception>
    public static IProbe Find(string id, Normalization normalization) =>
        All(normalization).FirstOrDefault(probe => probe.Id == id)
        ?? throw new SpecificationException(
            $"unknown probe '{id}'; there are: published, softmax, ridge, and published without some of "
                + "its faults, in this order: "
                + PublishedProbe.IdOf(Enum.GetValues<ProbeRepairs>().Aggregate((all, repair) => all | repair))
        );
}
