using Reproduction.Network;

namespace Reproduction.Evaluation;

/// <summary>The probes by name.</summary>
public static class ProbeCatalog
{
    /// <summary>Every probe, as it would stand on a network with that normalisation.</summary>
    public static IReadOnlyList<IProbe> All(Normalization normalization) => [new PublishedProbe(normalization), new SoftmaxProbe(), new RidgeProbe()];

    /// <summary>The probe of that name.</summary>
    /// <exception cref="SpecificationException">There is none.</exception>
    public static IProbe Find(string id, Normalization normalization)
    {
        IReadOnlyList<IProbe> probes = All(normalization);
        return probes.FirstOrDefault(probe => probe.Id == id)
            ?? throw new SpecificationException($"unknown probe '{id}'; there are: {string.Join(", ", probes.Select(probe => probe.Id))}");
    }
}
