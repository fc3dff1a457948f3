using CsvHelper;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>One point of a run's curve.</summary>
/// <param name="Rule">The paper's name of the rule.</param>
/// <param name="Condition">See <see cref="PaperArm.Condition"/>.</param>
/// <param name="Step">Training steps taken.</param>
[CsvRecord]
internal sealed partial record PaperCurveRow(
    string Rule,
    string Condition,
    long Seed,
    string Curve,
    int Step,
    double Value
) : ISeeded;
