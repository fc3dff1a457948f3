using Reproduction.Network;

namespace MyRule;

/// <summary>
/// Hebb's rule, a placeholder for yours. Rows are rescaled to norm 1 after each step. A rule that uses labels, errors
/// or other layers implements <see cref="ILearningRule"/> instead.
/// </summary>
[LearningRule(
    "my-rule",
    Summary = "one line: what it does",
    Family = "mine",
    Source = "where its equation is from",
    LearningRate = 0.05,
    Constraint = WeightConstraint.UnitRows
)]
public sealed class MyRule(MyRuleOptions options) : LayerwiseRule
{
    // Called once per batch for each hidden layer. The first index is the unit, the second one the sample of the batch.
    protected override void Propose(DenseLayer layer, LayerRecord record, LayerProposal change)
    {
        // ΔW_oi = strength · mean over the batch of y_o x_i
        change.SetProduct(record.Output, record.Normalized);
        change.Scale((float)(options.Strength / record.Columns));
    }
}

/// <summary>
/// The options that <c>--set name=value</c> sets: doubles, ints, bools and enums, each with its default.
/// </summary>
public sealed record MyRuleOptions
{
    [RuleOption("factor of every change", Minimum = 0)]
    public double Strength { get; init; } = 1;
}
