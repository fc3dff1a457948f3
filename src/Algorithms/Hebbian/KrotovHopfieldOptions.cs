using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Options of <see cref="KrotovHopfield"/>.</summary>
public sealed record KrotovHopfieldOptions
{
    [RuleOption("p of the norm that rows are drawn to: 2 is the Euclidean one", Minimum = 1)]
    public double Norm { get; init; } = 2;

    [RuleOption("k: the neuron that unlearns is the one with the k-th largest drive", Minimum = 2)]
    public int Rank { get; init; } = 2;

    [RuleOption("how strongly that neuron unlearns", Minimum = 0)]
    public double AntiHebbian { get; init; } = 0.4;

    [RuleOption("whether a step is divided by its largest entry, as the authors' notebook does")]
    public bool ScaleStep { get; init; } = true;
}
