using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>Computes how far to move along given directions so that outputs come nearest to their targets.</summary>
public static class LineSearch
{
    // A matrix that cannot be factorised even with this much added to its diagonal contains values that are not finite.
    private const double LargestRidge = 1e6;

    /// <summary>
    /// Computes F = (SᵀS + ρI)⁻¹SᵀE, the least-squares step along k directions at once. It minimises ‖E − SF‖² + ρ‖F‖².
    /// If directions repeat each other or do nothing, so that the matrix has no factorisation, ρ grows tenfold until it
    /// has one.
    /// </summary>
    /// <param name="response">S, samples × k: how much a step of 1 along each direction changes each sample's
    /// output.</param>
    /// <param name="wanted">E, samples × outputs: how much each output still has to change.</param>
    /// <param name="ridge">ρ as a share of the mean of SᵀS's diagonal, ≥ 0.</param>
    /// <param name="raised">The number of times that ρ had to grow.</param>
    /// <returns>F, k × outputs; 0 if no direction changes any output.</returns>
    public static Matrix<T> Solve<T>(Matrix<T> response, Matrix<T> wanted, double ridge, out int raised)
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(wanted);
        raised = 0;
        Matrix<T> gram = response.TransposeThisAndMultiply(response),
            right = response.TransposeThisAndMultiply(wanted);
        double scale = double.CreateChecked(gram.Trace()) / gram.RowCount;
        if (!(scale > 0 && double.IsFinite(scale)))
        {
            raised = 1;
            return Matrix<T>.Build.Dense(response.ColumnCount, wanted.ColumnCount);
        }

        // Solved in double precision: blocks of directions are as ill-conditioned as the data.
        for (double share = ridge; share < LargestRidge; share = Math.Max(10 * share, 1e-7), raised++)
        {
            Matrix<double> damped = gram.Map(double.CreateChecked);
            for (int i = 0; i < damped.RowCount; i++)
            {
                damped[i, i] += share * scale;
            }

            if (CholeskyFactorization.TryCreate(damped) is { } factorization)
            {
                return factorization.Solve(right.Map(double.CreateChecked)).Map(T.CreateChecked);
            }
        }

        return Matrix<T>.Build.Dense(response.ColumnCount, wanted.ColumnCount);
    }
}
