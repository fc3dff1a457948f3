using CsvHelper;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>How unequally the neurons of one layer of one run learned.</summary>
/// <param name="Rule">The paper's name of the rule.</param>
/// <param name="Condition">See <see cref="PaperArm.Condition"/>.</param>
/// <param name="GiniStart">Gini coefficient of the neurons' mean step norms after 100 steps, in [0, 1).</param>
/// <param name="GiniEnd">The same coefficient after the last step.</param>
/// <param name="Moving">Share of neurons that learn at a step, mean over steps.</param>
/// <param name="Repeated">Share of these that learned at the step before too.</param>
/// <param name="Ever">Share of neurons that ever learned.</param>
/// <param name="Divergence">Empty if the run came to its end; else what stopped being a finite number.</param>
[CsvRecord]
internal sealed partial record GiniRow(
    string Rule,
    string Condition,
    int Width,
    long Seed,
    string RunId,
    string Layer,
    double? GiniStart,
    double? GiniEnd,
    double? Moving,
    double? Repeated,
    double? Ever,
    string? Divergence
) : ISeeded;
