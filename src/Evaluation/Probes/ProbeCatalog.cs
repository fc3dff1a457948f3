using System.Collections.Concurrent;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Probes;

/// <summary>Finds probes by name.</summary>
public static class ProbeCatalog
{
    private static readonly ConcurrentDictionary<string, IHonestProbe> Registered = new(StringComparer.Ordinal);

    /// <summary>Returns every probe, for features of a network with this normalisation.</summary>
    public static IReadOnlyList<IProbe> All(Normalization normalization) =>
        [.. PublishedProbe.Variants(normalization), new SoftmaxProbe(), new RidgeProbe(), .. Registered.Values];

    /// <summary>Makes the probe of a plugin available by its name.</summary>
    /// <returns>False if another probe already has that name.</returns>
    public static bool Register(IHonestProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return (Registered.ContainsKey(probe.Id) || All(Normalization.None).All(known => known.Id != probe.Id))
            && Registered.GetOrAdd(probe.Id, probe).GetType().AssemblyQualifiedName
                == probe.GetType().AssemblyQualifiedName;
    }

    /// <summary>Returns the probe with this name.</summary>
    /// <exception cref="SpecificationException">There is no probe with this name.</exception>
    public static IProbe Find(string id, Normalization normalization) =>
        All(normalization).FirstOrDefault(probe => probe.Id == id)
        ?? throw new SpecificationException(
            $"unknown probe '{id}'; there are: "
                + string.Join(
                    ", ",
                    new[] { "published", "softmax", "ridge" }.Concat(Registered.Keys.Order(StringComparer.Ordinal))
                )
                + ", and published without some of "
                + "its faults, in this order: "
                + PublishedProbe.IdOf(Enum.GetValues<ProbeRepairs>().Aggregate((all, repair) => all | repair))
        );
}
