using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>How far to move along directions so that outputs come nearest to what is wanted.</summary>
public static class LineSearch
{
    private const int MostRidges = 12;

    /// <summary>
    /// F = (SᵀS + ρI)⁻¹SᵀE, the least-squares step along k directions at once: it minimises ‖E − SF‖² + ρ‖F‖². Where directions repeat each other or do
    /// nothing, so that the matrix has no factorisation, ρ grows tenfold until it has.
    /// </summary>
    /// <param name="response">S, samples × k: what a step of 1 along each direction changes each sample's output by.</param>
    /// <param name="wanted">E, samples × outputs: what is missing.</param>
    /// <param name="ridge">ρ as a share of the mean of SᵀS's diagonal, ≥ 0.</param>
    /// <param name="raised">How often ρ had to grow.</param>
    /// <returns>k × outputs; 0 where no direction does anything.</returns>
    public static Matrix<T> Solve<T>(Matrix<T> response, Matrix<T> wanted, double ridge, out int raised)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(wanted);
        raised = 0;
        Matrix<T> gram = response.TransposeThisAndMultiply(response), right = response.TransposeThisAndMultiply(wanted);
        double scale = double.CreateChecked(gram.Trace()) / gram.RowCount;
        if (!(scale > 0))
        {
            raised = 1;
            return Matrix<T>.Build.Dense(response.ColumnCount, wanted.ColumnCount);
        }

        for (double share = ridge; ; share = Math.Max(10 * share, 1e-7))
        {
            try
            {
                return Damped(gram, T.CreateChecked(share * scale)).Cholesky().Solve(right);
            }
            catch (ArgumentException) when (raised < MostRidges)
            {
                raised++;
            }
        }
    }

    private static Matrix<T> Damped<T>(Matrix<T> gram, T ridge)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        Matrix<T> damped = gram.Clone();
        for (int i = 0; i < damped.RowCount; i++)
        {
            damped[i, i] += ridge;
        }

        return damped;
    }
}
