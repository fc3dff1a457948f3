using System.Numerics;
using System.Numerics.Tensors;
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
        return Solve(response, wanted, ridge, out raised, new StepMemory());
    }

    /// <inheritdoc cref="Solve{T}(Matrix{T}, Matrix{T}, double, out int)"/>
    internal static Matrix<T> Solve<T>(
        Matrix<T> response,
        Matrix<T> wanted,
        double ridge,
        out int raised,
        StepMemory memory
    )
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        raised = 0;
        Matrix<T> gram = memory.ProductOfTranspose(response, response),
            steps = memory.ProductOfTranspose(response, wanted);
        double scale = double.CreateChecked(gram.Trace()) / gram.RowCount;
        if (!(scale > 0 && double.IsFinite(scale)))
        {
            raised = 1;
            steps.Clear();
            return steps;
        }

        // Solved in double precision: blocks of directions are as ill-conditioned as the data.
        Matrix<double> damped = memory.Take<double>(gram.RowCount, gram.ColumnCount),
            solution = memory.Take<double>(steps.RowCount, steps.ColumnCount);
        for (double share = ridge; share < LargestRidge; share = Math.Max(10 * share, 1e-7), raised++)
        {
            Convert(gram, damped);
            for (int i = 0; i < damped.RowCount; i++)
            {
                damped[i, i] += share * scale;
            }

            if (CholeskyFactorization.TryCreate(damped) is { } factorization)
            {
                Convert(steps, solution);
                factorization.SolveLower(solution);
                factorization.SolveUpper(solution);
                Convert(solution, steps);
                return steps;
            }
        }

        steps.Clear();
        return steps;
    }

    private static void Convert<TFrom, TTo>(Matrix<TFrom> from, Matrix<TTo> to)
        where TFrom : struct, IFloatingPointIeee754<TFrom>, IFormattable, IEquatable<TFrom>
        where TTo : struct, IFloatingPointIeee754<TTo>, IFormattable, IEquatable<TTo> =>
        TensorPrimitives.ConvertChecked<TFrom, TTo>(from.AsColumnMajorArray(), to.AsColumnMajorArray());
}
