using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation.Instruments;

/// <summary>
/// Records how the factors of every layer's weight step are distributed, and whether their variance tells which
/// directions help. It uses up to 32 directions, each taken alone.
/// <c>exceeds.KIND.LAYER.M</c> is the share of factors whose magnitude exceeds M times the median magnitude.
/// <c>tail.KIND.LAYER</c> is the exponent of the distribution's tail, by Hill's estimator on the largest hundredth.
/// KIND is <c>asWritten</c> for dy/⟨w,d⟩, <c>corrected</c> for dy/⟨x,d⟩, or <c>weighted</c> for dy⟨x,d⟩/mean⟨x,d⟩².
/// Only one factor is taken per denominator, because factors that share a denominator are large together.
/// <c>rank.INDICATOR.LAYER</c> is a rank correlation over a neuron's directions, averaged over neurons. It correlates
/// an indicator on the batch's even samples with the share of the odd samples' squared error that the exact line search
/// on the even samples removes. <c>gain.INDICATOR.LAYER.Q</c> is the mean of that share in each fifth of a neuron's
/// directions, ordered by the indicator; Q = 1 is the lowest fifth. INDICATOR is <c>variance</c> for the variance of
/// the factors, as in the text, or <c>disagreement</c> for v/(f*² + v), which the gate uses.
/// </summary>
[Instrument(Id)]
public sealed class FactorInstrument : TargetPropagationInstrument
{
    /// <summary>The id in specs.</summary>
    public const string Id = "target-propagation-factors";

    private const int Directions = 32,
        Fifths = 5;

    // The largest hundredth of the factors counts as their tail if it has at least this many values.
    private const int FewestInTail = 10;

    private static readonly int[] Multiples = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];

    /// <inheritdoc/>
    protected override void Note(Proposal proposal, TargetPropagationWorkings workings)
    {
        foreach (LayerStep step in workings.Steps)
        {
            Matrix<float> errors = step.Errors.Transpose(),
                block = step.Block.SubMatrix(0, step.Block.RowCount, 0, Math.Min(Directions, step.Block.ColumnCount));
            Matrix<float> response = step.Inputs.TransposeThisAndMultiply(block),
                along = step.Layer.Weights.Append(step.Layer.Bias.ToColumnMatrix()) * block;
            int samples = errors.RowCount,
                neurons = errors.ColumnCount;
            double strength = Math.Pow(response.FrobeniusNorm(), 2) / (samples * block.ColumnCount);
            Distribution(
                proposal,
                $"asWritten.{step.Name}",
                along,
                (neuron, direction, other) => errors[other % samples, neuron] / (double)along[neuron, direction]
            );
            Distribution(
                proposal,
                $"corrected.{step.Name}",
                response,
                (sample, direction, other) => errors[sample, other % neurons] / (double)response[sample, direction]
            );
            Distribution(
                proposal,
                $"weighted.{step.Name}",
                response,
                (sample, direction, other) =>
                    errors[sample, other % neurons] * (double)response[sample, direction] / strength
            );
            if (samples >= 4 && block.ColumnCount >= Fifths)
            {
                Agreement(proposal, step.Name, response, errors);
            }
        }
    }

    /// <param name="denominators">The denominators, one per factor.</param>
    /// <param name="factor">Computes the factor from the row and column of its denominator and a third index, which
    /// cycles through the samples or neurons that the denominator does not fix.</param>
    private static void Distribution(
        Proposal proposal,
        string name,
        Matrix<float> denominators,
        Func<int, int, int, double> factor
    )
    {
        double[] sizes =
        [
            .. from column in Enumerable.Range(0, denominators.ColumnCount)
            from row in Enumerable.Range(0, denominators.RowCount)
            let size = Math.Abs(factor(row, column, row + column))
            where double.IsFinite(size)
            select size,
        ];
        Array.Sort(sizes);
        if (sizes.Length == 0 || sizes[sizes.Length / 2] is not (> 0 and var median))
        {
            return;
        }

        foreach (int multiple in Multiples)
        {
            proposal.Note(
                string.Create(CultureInfo.InvariantCulture, $"exceeds.{name}.{multiple}"),
                sizes.Count(size => size > multiple * median) / (double)sizes.Length
            );
        }

        // α = (n − 1)/Σ ln(x_i/x_1) over the n largest values, with x_1 the smallest of them.
        double[] tail = sizes[^(sizes.Length / 100)..];
        if (tail.Length >= FewestInTail)
        {
            proposal.Note($"tail.{name}", (tail.Length - 1) / tail.Sum(size => Math.Log(size / tail[0])));
        }
    }

    private static void Agreement(Proposal proposal, string layer, Matrix<float> response, Matrix<float> errors)
    {
        double[][] responses = response.ToDouble().ToColumnArrays(),
            wanted = errors.ToDouble().ToColumnArrays();
        (string Name, double[] Gains, List<double> Ranks)[] indicators =
        [
            ("variance", new double[Fifths], []),
            ("disagreement", new double[Fifths], []),
        ];
        foreach (double[] neuron in wanted)
        {
            (double Variance, double Disagreement, double Gain)[] directions =
            [
                .. responses.Select(direction => Split(direction, neuron)),
            ];
            if (
                !directions.All(direction =>
                    double.IsFinite(direction.Variance + direction.Disagreement + direction.Gain)
                )
            )
            {
                continue;
            }

            double[] gains = [.. directions.Select(direction => direction.Gain)];
            foreach ((string name, double[] sums, List<double> ranks) in indicators)
            {
                double[] values =
                [
                    .. directions.Select(direction => name == "variance" ? direction.Variance : direction.Disagreement),
                ];
                ranks.Add(Correlation.Spearman(values, gains));
                double[] ordered = [.. gains.Zip(values).OrderBy(pair => pair.Second).Select(pair => pair.First)];
                for (int fifth = 0; fifth < Fifths; fifth++)
                {
                    sums[fifth] += ordered[(fifth * ordered.Length / Fifths)..((fifth + 1) * ordered.Length / Fifths)]
                        .Average();
                }
            }
        }

        foreach (
            (string name, double[] sums, List<double> ranks) in indicators.Where(indicator => indicator.Ranks.Count > 0)
        )
        {
            proposal.Note($"rank.{name}.{layer}", ranks.Average());
            for (int fifth = 0; fifth < Fifths; fifth++)
            {
                proposal.Note(
                    string.Create(CultureInfo.InvariantCulture, $"gain.{name}.{layer}.{fifth + 1}"),
                    sums[fifth] / ranks.Count
                );
            }
        }
    }

    /// <summary>
    /// Computes the variance of a neuron's factors along a direction and the disagreement of f*, both on the even
    /// samples, and the share of the odd samples' squared error that f* removes.
    /// </summary>
    private static (double Variance, double Disagreement, double Gain) Split(double[] response, double[] wanted)
    {
        int half = response.Length / 2;
        double[] factors = new double[half];
        (double product, double strength, double squares) even = default,
            odd = default;
        for (int i = 0; i < half; i++)
        {
            (double s, double dy) = (response[2 * i], wanted[2 * i]);
            factors[i] = dy / s;
            even = (even.product + (dy * s), even.strength + (s * s), even.squares + (dy * dy));
            (s, dy) = (response[(2 * i) + 1], wanted[(2 * i) + 1]);
            odd = (odd.product + (dy * s), odd.strength + (s * s), odd.squares + (dy * dy));
        }

        // v = σ²/Σs² is the variance of f*, with σ² the mean square of the residual.
        double step = even.product / even.strength,
            variance = (even.squares - (step * even.product)) / half / even.strength;
        return (
            factors.Variance(),
            variance / ((step * step) + variance),
            ((2 * step * odd.product) - (step * step * odd.strength)) / odd.squares
        );
    }
}
