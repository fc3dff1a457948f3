using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation.Instruments;

/// <summary>
/// Records how fast the eigenmodes of X̃X̃ᵀ of the output layer lose their errors in a full least-squares step along
/// random directions. A mode's amplitude in an output's errors e is ⟨uᵀX̃, e⟩/√λ. Bands of modes are numbered by
/// eigenvalue, largest first: 1, 2–3, 4–7, 8–15, … <c>modes.BAND.squares</c> is Σa² over the modes of a band, per
/// sample. <c>modes.BAND.lost</c> is Σa·(a − a′), with a′ the amplitude after the step, so that lost divided by squares
/// is the share that the band's amplitudes lose. <c>modes.BAND.predicted</c> is Σa²·p with p_i = γλ_i/(1 + γλ_i) and γ
/// such that Σp_i = k, which approximates the expected share over Gaussian directions. <c>modes.reducible</c> is the
/// sum of squares over all modes: the amount by which the layer's squared error exceeds that of the best weights.
/// </summary>
[Instrument(Id)]
public sealed class ModeInstrument : TargetPropagationInstrument
{
    /// <summary>The id in specs.</summary>
    public const string Id = "target-propagation-modes";

    // Modes whose eigenvalue is below this share of the largest are rounding errors.
    private const double Rounding = 1e-9;

    /// <inheritdoc/>
    protected override void Note(Proposal proposal, TargetPropagationWorkings workings)
    {
        LayerStep output = workings.Steps[0];
        Matrix<double> inputs = output.Inputs.ToDouble(),
            errors = output.Errors.ToDouble();
        Evd<double> decomposition = (inputs * inputs.Transpose()).Evd(Symmetricity.Symmetric);
        double[] eigenvalues = [.. decomposition.EigenValues.Select(value => value.Real)];
        int[] modes =
        [
            .. Enumerable
                .Range(0, eigenvalues.Length)
                .Where(i => eigenvalues[i] > Rounding * eigenvalues.Max())
                .OrderByDescending(i => eigenvalues[i]),
        ];
        int directions = output.Block.ColumnCount;

        // Amplitudes, modes × outputs: before the step and after it.
        Matrix<double> before = decomposition.EigenVectors.TransposeThisAndMultiply(inputs * errors.Transpose());
        Matrix<double> after = decomposition.EigenVectors.TransposeThisAndMultiply(
            inputs * (errors - (output.Change.ToDouble() * inputs)).Transpose()
        );
        double Predicted(int mode, double gamma) => gamma * eigenvalues[mode] / (1 + (gamma * eigenvalues[mode]));
        double? gamma =
            directions < modes.Length
                ? Math.Exp(
                    FindRoots.OfFunction(
                        logarithm => modes.Sum(mode => Predicted(mode, Math.Exp(logarithm))) - directions,
                        -100,
                        100
                    )
                )
                : null;
        for (int band = 0, from = 0; from < modes.Length; band++, from = (2 * from) + 1)
        {
            double squares = 0,
                lost = 0,
                predicted = 0;
            foreach (int mode in modes.Skip(from).Take(from + 1))
            {
                double square = before.Row(mode).DotProduct(before.Row(mode)) / eigenvalues[mode];
                squares += square;
                lost += before.Row(mode).DotProduct(before.Row(mode) - after.Row(mode)) / eigenvalues[mode];
                predicted += square * (gamma is { } found ? Predicted(mode, found) : 1);
            }

            foreach (
                (string name, double value) in new[] { ("squares", squares), ("lost", lost), ("predicted", predicted) }
            )
            {
                proposal.Note(
                    string.Create(CultureInfo.InvariantCulture, $"modes.{band + 1}.{name}"),
                    value / inputs.ColumnCount
                );
            }
        }

        proposal.Note(
            "modes.reducible",
            modes.Sum(mode => before.Row(mode).DotProduct(before.Row(mode)) / eigenvalues[mode]) / inputs.ColumnCount
        );
        proposal.Note("modes.count", modes.Length);
    }
}
