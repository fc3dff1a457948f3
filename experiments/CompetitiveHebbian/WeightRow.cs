using CsvHelper;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>One neuron's weights at one moment.</summary>
/// <param name="Rule">The paper's name of the rule.</param>
/// <param name="Condition">See <see cref="PaperArm.Condition"/>.</param>
/// <param name="Moment"><c>step-1</c> to <c>step-1000</c>, or <c>end</c>.</param>
/// <param name="Minimum">The smallest weight.</param>
/// <param name="Maximum">The largest weight.</param>
/// <param name="Levels">256 levels between smallest and largest, one byte per weight in the order of the inputs, in
/// Base64.
/// </param>
[CsvRecord]
internal sealed partial record WeightRow(
    string Rule,
    string Condition,
    int Width,
    long Seed,
    string Moment,
    int Neuron,
    float Minimum,
    float Maximum,
    string Levels
);
