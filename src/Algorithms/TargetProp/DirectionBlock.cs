using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>Draws blocks of directions in a layer's input space.</summary>
internal static class DirectionBlock
{
    private const double ConjugationRidge = 1e-6;

    /// <summary>Draws a block of k directions, D × k, one direction per column. k is at most D.</summary>
    /// <param name="inputs">X, D × samples: the layer's inputs, including a constant input of 1 for the biases.</param>
    /// <param name="errors">The layer's errors, outputs × samples.</param>
    /// <param name="earlier">Blocks of earlier steps, to which the new block is made conjugate. Used only for
    /// <see cref="DirectionDraw.Conjugate"/>.</param>
    public static Matrix<float> Draw(
        DirectionDraw draw,
        int directions,
        Matrix<float> inputs,
        Matrix<float> errors,
        IReadOnlyList<Matrix<float>> earlier,
        RandomStream random,
        StepMemory memory
    )
    {
        int dimension = inputs.RowCount,
            count = Math.Min(directions, dimension);
        if (draw == DirectionDraw.Data)
        {
            // X·Eᵀ·R: every column is a mixture of the directions in which the neurons' errors pull.
            return (inputs * errors.Transpose() * Normals(errors.RowCount, count, random, 1, memory)).NormalizeColumns(
                2
            );
        }

        Matrix<float> block = Normals(dimension, count, random, 1, memory);
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
    /// Makes a block conjugate to every earlier block P: D ← D − P(PᵀXXᵀP)⁻¹PᵀXXᵀD, done twice against rounding. Moves
    /// along the result change no output along the earlier moves.
    /// </summary>
    /// <param name="block">D, dimension × k.</param>
    /// <param name="inputs">X, dimension × samples.</param>
    /// <param name="earlier">Blocks of earlier steps.</param>
    /// <param name="ridge">The ridge of the projections, as in <c>LineSearch.Solve</c>.</param>
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

    /// <summary>Draws a matrix of independent N(0, σ²) entries, rows × columns.</summary>
    internal static Matrix<float> Normals(
        int rows,
        int columns,
        RandomStream random,
        double deviation,
        StepMemory memory
    )
    {
        double[] samples = memory.Take<double>(rows, columns).AsColumnMajorArray();
        Matrix<float> normals = memory.Take<float>(rows, columns);
        Normal.Samples(random, samples, 0, deviation);
        TensorPrimitives.ConvertChecked<double, float>(samples, normals.AsColumnMajorArray());
        return normals;
    }
}
