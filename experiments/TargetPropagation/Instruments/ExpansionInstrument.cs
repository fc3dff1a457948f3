using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation.Instruments;

/// <summary>
/// Records how a backpropagation step on weights and inputs at once changes the output layer's outputs at finite
/// learning rates η, by the text's introduction:
/// ⟨x + η·dy·w, w + η·dy·x⟩ = y + η·dy·(⟨x,x⟩ + ⟨w,w⟩) + η²dy²⟨w,x⟩.
/// The notes are root mean squares over the batch's outputs: <c>expansion.measured.η</c> of the output's change;
/// <c>expansion.predicted.η</c> of the right-hand side less y; <c>expansion.linear.η</c> and
/// <c>expansion.quadratic.η</c> of its two terms; <c>expansion.ideal.η</c> of η·dy. <c>expansion.deviation</c> is the
/// largest difference between measured and predicted over all η, relative to the largest change at that η.
/// </summary>
[Instrument(Id)]
public sealed class ExpansionInstrument : TargetPropagationInstrument
{
    /// <summary>The id in specs.</summary>
    public const string Id = "target-propagation-expansion";

    private static readonly double[] Rates = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1];

    /// <inheritdoc/>
    protected override void Note(Proposal proposal, TargetPropagationWorkings workings)
    {
        LayerStep output = workings.Steps[0];
        Matrix<double> inputs = output.Record.Normalized.ToDouble(),
            weights = output.Layer.Weights.ToDouble(),
            errors = output.Errors.ToDouble();
        double[] inputSquares = [.. inputs.EnumerateColumns().Select(x => x * x)],
            weightSquares = [.. weights.EnumerateRows().Select(w => w * w)];
        Matrix<double> linear = errors.MapIndexed((o, i, dy) => dy * (inputSquares[i] + weightSquares[o])),
            quadratic = errors.PointwiseMultiply(errors).PointwiseMultiply(weights * inputs);
        double deviation = 0;
        foreach (double rate in Rates)
        {
            Matrix<double> predicted = (rate * linear) + (rate * rate * quadratic);
            Matrix<double> measured = errors.MapIndexed(
                (o, i, dy) =>
                {
                    Vector<double> x = inputs.Column(i),
                        w = weights.Row(o);
                    return ((x + (rate * dy * w)) * (w + (rate * dy * x))) - (x * w);
                }
            );
            Note(proposal, "measured", rate, measured);
            Note(proposal, "predicted", rate, predicted);
            Note(proposal, "linear", rate, rate * linear);
            Note(proposal, "quadratic", rate, rate * rate * quadratic);
            Note(proposal, "ideal", rate, rate * errors);
            deviation = Math.Max(
                deviation,
                (measured - predicted).Enumerate().Max(Math.Abs) / measured.Enumerate().Max(Math.Abs)
            );
        }

        proposal.Note("expansion.deviation", deviation);
    }

    private static void Note(Proposal proposal, string term, double rate, Matrix<double> values) =>
        proposal.Note(
            string.Create(CultureInfo.InvariantCulture, $"expansion.{term}.{rate:0.#####}"),
            values.FrobeniusNorm() / Math.Sqrt(values.RowCount * values.ColumnCount)
        );
}
