using System.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>Draws blocks of directions in a layer's input space.</summary>
internal static class DirectionBlock
{
    private const double ConjugationRidge = 1e-6;

    /// <summary>A block of k directions, a column each.</summary>
    /// <param name="inputs">X, D × samples: what the layer was given, a constant input of 1 for the biases
    /// included.</param>
    /// <param name="errors">outputs × samples: the layer's errors.</param>
    /// <param name="earlier">Blocks of earlier steps, to be conjugate to; read under
    /// <see cref="DirectionDraw.Conjugate"/> alone.</param>
    public static Matrix<float> Draw(
        DirectionDraw draw,
        int directions,
        Matrix<float> inputs,
        Matrix<float> errors,
        IReadOnlyList<Matrix<float>> earlier,
        RandomStream random
    )
    {
        int dimension = inputs.RowCount,
            count = Math.Min(directions, dimension);
        if (draw == DirectionDraw.Data)
        {
            // X·Eᵀ·R: every column a mixture of the directions in which the neurons' errors pull.
            return (inputs * errors.Transpose() * Normals(errors.RowCount, count, random)).NormalizeColumns(2);
        }

        Matrix<float> block = Normals(dimension, count, random);
        switch (draw)
        {
            case DirectionDraw.Sphere:
                return block.NormalizeColumns(2);
            case DirectionDraw.Rademacher:
                return block.Map(value => value >= 0 ? 1f : -1f);
            case DirectionDraw.Orthonormal:
                return block.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q;
            case DirectionDraw.Conjugate:
                return Conjugate(block, inputs, earlier, ConjugationRidge).NormalizeColumns(2);
            default:
                return block;
        }
    }

    /// <summary>
    /// D ← D − P(PᵀXXᵀP)⁻¹PᵀXXᵀD for every earlier block P, twice against rounding: what is left changes no output
    /// along what was moved before.
    /// </summary>
    /// <param name="block">D, dimension × k.</param>
    /// <param name="inputs">X, dimension × samples.</param>
    /// <param name="earlier">Blocks of earlier steps.</param>
    /// <param name="ridge">Of the projections.</param>
    internal static Matrix<T> Conjugate<T>(
        Matrix<T> block,
        Matrix<T> inputs,
        IReadOnlyList<Matrix<T>> earlier,
        double ridge
    )
        where T : struct, IFloatingPointIeee754<T>, IFormattable, IEquatable<T>
    {
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (Matrix<T> previous in earlier)
            {
                block -=
                    previous
                    * LineSearch.Solve(
                        inputs.TransposeThisAndMultiply(previous),
                        inputs.TransposeThisAndMultiply(block),
                        ridge,
                        out _
                    );
            }
        }

        return block;
    }

    /// <summary>Independent N(0, σ²) entries.</summary>
    internal static Matrix<float> Normals(int rows, int columns, RandomStream random, double deviation = 1)
    {
        double[] samples = new double[rows * columns];
        Normal.Samples(random, samples, 0, deviation);
        return Matrix<float>.Build.Dense(rows, columns, [.. samples.Select(sample => (float)sample)]);
    }
}
