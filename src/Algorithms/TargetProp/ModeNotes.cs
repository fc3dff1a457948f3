using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Notes how fast the eigenmodes of X̃X̃ᵀ of the output layer lose their errors in a full least-squares step along
/// random directions. A mode's amplitude in an output's errors e
/// is ⟨uᵀX̃, e⟩/√λ. <c>modes.BAND.squares</c>: Σa² of the modes of a band, a sample; <c>modes.BAND.lost</c>: Σa·(a −
/// a′), a′ the amplitude after the step, so that lost over squares
/// is the share that the band's amplitudes lose; <c>modes.BAND.predicted</c>: Σa²·p with p_i = γλ_i/(1 + γλ_i), γ such
/// that Σp_i = k, which approximates the expected share over Gaussian directions; bands are
/// numbered by eigenvalue, largest first: 1, 2–3, 4–7, 8–15, … <c>modes.reducible</c>: the squares of all modes: by so
/// much the layer's squared error lies above what the best weights have.
/// </summary>
internal static class ModeNotes
{
    // Modes below it, relative to the largest, are rounding.
    private const double Rounding = 1e-9;

    public static void Add(Proposal proposal, LayerStep output)
    {
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
