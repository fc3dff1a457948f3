using Reproduction.Network;

namespace SamplePlugin;

/// <summary>Options of <see cref="SampleHebb"/>.</summary>
public sealed record SampleHebbOptions
{
    /// <summary>The factor that scales the step.</summary>
    [RuleOption("scale of the step", Minimum = 0)]
    public double Strength { get; init; } = 1;
}
