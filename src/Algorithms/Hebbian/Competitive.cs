using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// The rule proposed by "Learning Dynamics in Competitive Hebbian Learning". Neurons compete with their activity above
/// their own running mean m (<see cref="RunningMean"/>, with a decay of 0.95). The constraint rescales rows to unit
/// norm.
/// </summary>
[LearningRule(
    "competitive",
    Summary = "the winner learns; activity counts above each neuron's running mean; rows of unit norm",
    Family = "competitive Hebbian",
    Source = "Liuson, Learning Dynamics in Competitive Hebbian Learning (the rule that the paper proposes)",
    Constraint = WeightConstraint.UnitRows,
    SumsOverColumns = true
)]
public sealed class Competitive(CompetitiveOptions options) : LayerwiseRule<RunningMean>
{
    private readonly CompetitiveOptions options = options;

    /// <inheritdoc/>
    protected override RunningMean CreateState(DenseLayer layer) => RunningMean.For(layer);

    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, RunningMean state, LayerProposal change)
    {
        ArgumentNullException.ThrowIfNull(state);
        float[] mean = state.Update(record, options.MeanDecay);
        Matrix<float> activity = record.Scratch("activity");

        // a = mask(softmax((y − m)/T)) over the neurons, sample by sample
        Samples.ForEach(
            activity,
            (rule: this, y: record.Output.AsColumnMajorArray(), mean),
            static (work, start, a) =>
            {
                TensorPrimitives.Subtract(work.y.AsSpan(start, a.Length), work.mean, a);
                Softmax.Apply(a, (float)work.rule.options.Temperature, a);
                work.rule.Mask(a);
            }
        );

        // ΔW = Σ_B a xᵀ
        change.SetProduct(activity, record.Normalized);
    }

    private void Mask(Span<float> a)
    {
        int winner = TensorPrimitives.IndexOfMax<float>(a);
        float winning = a[winner],
            threshold = 1f / a.Length;
        switch (options.Mask)
        {
            case CompetitiveMask.AsCoded:
                a.Clear();
                winning = winning > threshold ? winning : 0f;
                break;
            case CompetitiveMask.AsPrinted:
                NegateWhere(a, static (value, threshold) => value <= threshold, threshold);
                break;
            default:
                NegateWhere(a, static (value, threshold) => value > threshold, threshold);
                break;
        }

        a[winner] = winning;
    }

    /// <summary>Negates the values that satisfy the condition and sets the others to 0.</summary>
    private static void NegateWhere(Span<float> values, Func<float, float, bool> condition, float threshold)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = condition(values[i], threshold) ? -values[i] : 0f;
        }
    }
}

/// <summary>Options of <see cref="Competitive"/>.</summary>
public sealed record CompetitiveOptions
{
    [RuleOption("softmax temperature T", Minimum = 0, IsMinimumExcluded = true)]
    public double Temperature { get; init; } = 1;

    [RuleOption("weight of the past in the running mean activity m", Minimum = 0, Maximum = 1)]
    public double MeanDecay { get; init; } = 0.95;

    [RuleOption("which neurons learn: as coded, as printed, or with the inhibition that the text argues for")]
    public CompetitiveMask Mask { get; init; } = CompetitiveMask.AsCoded;
}

/// <summary>
/// Which neurons learn from a sample, and with which sign. a is the softmax activity of n neurons; the winner has the
/// largest a.
/// </summary>
public enum CompetitiveMask
{
    /// <summary>
    /// As in the paper's code: non-winners are negated, then every value ≤ 1/n becomes 0. No negative value survives.
    /// </summary>
    AsCoded,

    /// <summary>As printed in the paper: +a for the winner, 0 for the others above 1/n, −a for the rest.</summary>
    AsPrinted,

    /// <summary>As the paper's text argues: first every a ≤ 1/n becomes 0, then non-winners are negated.</summary>
    AntiHebbian,
}
