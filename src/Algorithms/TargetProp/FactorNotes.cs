using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Notes of every layer's weight step how the factors are distributed along the first direction, and whether their variance tells which directions help.
/// <c>exceeds.KIND.LAYER.M</c>: share of factors above M times their median, in magnitude; <c>tail.KIND.LAYER</c>: exponent of the distribution's tail by Hill's
/// estimator on the largest hundredth. KINDs: <c>asWritten</c> dy/⟨w,d⟩, <c>corrected</c> dy/⟨x,d⟩, <c>weighted</c> dy⟨x,d⟩/mean⟨x,d⟩².
/// <c>rank.INDICATOR.LAYER</c>: rank correlation, over neurons and up to eight directions, of an indicator on the batch's even samples with the share of the squared
/// error of its odd samples that the exact line search on the even ones takes away; <c>gain.INDICATOR.LAYER.Q</c>: mean of that share in each fifth of the indicator, 1 the
/// lowest. INDICATORs: <c>variance</c>, of the factors, as the text has it; <c>disagreement</c>, v/(f*² + v), which the gate uses.
/// </summary>
internal static class FactorNotes
{
    private const int Directions = 8, Fifths = 5;

    // The largest hundredth of the factors is their tail, if it has this many.
    private const int FewestInTail = 10;

    private static readonly int[] Multiples = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];

    public static void Add(Proposal proposal, IEnumerable<LayerStep> steps)
    {
        foreach (LayerStep step in steps)
        {
            Matrix<float> errors = step.Errors.Transpose(), block = step.Block.SubMatrix(0, step.Block.RowCount, 0, Math.Min(Directions, step.Block.ColumnCount));
            Matrix<float> response = step.Inputs.TransposeThisAndMultiply(block);
            Vector<float> first = response.Column(0), along = step.Layer.Weights.Append(step.Layer.Bias.ToColumnMatrix()) * block.Column(0);
            double strength = first.DotProduct(first) / first.Count;
            Distribution(proposal, $"asWritten.{step.Name}", errors, (sample, neuron) => errors[sample, neuron] / (double)along[neuron]);
            Distribution(proposal, $"corrected.{step.Name}", errors, (sample, neuron) => errors[sample, neuron] / (double)first[sample]);
            Distribution(proposal, $"weighted.{step.Name}", errors, (sample, neuron) => errors[sample, neuron] * (double)first[sample] / strength);
            if (errors.RowCount >= 4)
            {
                Agreement(proposal, step.Name, response, errors);
            }
        }
    }

    private static void Distribution(Proposal proposal, string name, Matrix<float> errors, Func<int, int, double> factor)
    {
        double[] sizes = [.. from neuron in Enumerable.Range(0, errors.ColumnCount) from sample in Enumerable.Range(0, errors.RowCount) let size = Math.Abs(factor(sample, neuron)) where double.IsFinite(size) select size];
        Array.Sort(sizes);
        if (sizes.Length == 0 || sizes[sizes.Length / 2] is not (> 0 and var median))
        {
            return;
        }

        foreach (int multiple in Multiples)
        {
            proposal.Note(string.Create(CultureInfo.InvariantCulture, $"exceeds.{name}.{multiple}"), sizes.Count(size => size > multiple * median) / (double)sizes.Length);
        }

        // α = 1/mean(ln(x_i/x_k)) of the largest.
        double[] tail = sizes[^(sizes.Length / 100)..];
        if (tail.Length >= FewestInTail)
        {
            proposal.Note($"tail.{name}", 1 / tail.Average(size => Math.Log(size / tail[0])));
        }
    }

    private static void Agreement(Proposal proposal, string layer, Matrix<float> response, Matrix<float> errors)
    {
        int half = errors.RowCount / 2;
        List<(double Variance, double Disagreement, double Gain)> directions = [];
        double[] factors = new double[half];
        for (int neuron = 0; neuron < errors.ColumnCount; neuron++)
        {
            for (int direction = 0; direction < response.ColumnCount; direction++)
            {
                (double product, double strength, double squares) even = default, odd = default;
                for (int i = 0; i < half; i++)
                {
                    double s = response[2 * i, direction], dy = errors[2 * i, neuron];
                    factors[i] = dy / s;
                    even = (even.product + (dy * s), even.strength + (s * s), even.squares + (dy * dy));
                    (s, dy) = (response[(2 * i) + 1, direction], errors[(2 * i) + 1, neuron]);
                    odd = (odd.product + (dy * s), odd.strength + (s * s), odd.squares + (dy * dy));
                }

                // What is left of the even samples' squared error, a mean; σ²/Σs² is the variance of f*.
                double step = even.product / even.strength, variance = (even.squares - (step * even.product)) / half / even.strength;
                double gain = ((2 * step * odd.product) - (step * step * odd.strength)) / odd.squares, disagreement = variance / ((step * step) + variance);
                if (double.IsFinite(gain) && double.IsFinite(disagreement) && factors.Variance() is var spread && double.IsFinite(spread))
                {
                    directions.Add((spread, disagreement, gain));
                }
            }
        }

        if (directions.Count < Fifths)
        {
            return;
        }

        foreach ((string name, Func<(double Variance, double Disagreement, double Gain), double> indicator) in new (string, Func<(double Variance, double Disagreement, double Gain), double>)[]
        {
            ("variance", direction => direction.Variance), ("disagreement", direction => direction.Disagreement),
        })
        {
            proposal.Note($"rank.{name}.{layer}", Correlation.Spearman(directions.Select(indicator), directions.Select(direction => direction.Gain)));
            double[] gains = [.. directions.OrderBy(indicator).Select(direction => direction.Gain)];
            for (int fifth = 0; fifth < Fifths; fifth++)
            {
                proposal.Note(string.Create(CultureInfo.InvariantCulture, $"gain.{name}.{layer}.{fifth + 1}"), gains[(fifth * gains.Length / Fifths)..((fifth + 1) * gains.Length / Fifths)].Average());
            }
        }
    }
}
