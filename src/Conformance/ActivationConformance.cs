using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Conformance;

/// <summary>Checks the laws that every activation keeps.</summary>
/// <param name="activation">The activation.</param>
public sealed class ActivationConformance(Activation activation)
    : LawSuite(
        activation.Name,
        () =>
            [
                ("finite", "gives finite numbers for finite ones", () => Finite(activation)),
                ("columns", "treats each sample by itself, and changes no input", () => Columns(activation)),
                ("derivative", "PullBack multiplies by the transposed Jacobian of Apply", () => Derivative(activation)),
                ("inverse", "Invert undoes Apply where the activation says that it can", () => Inverse(activation)),
            ]
    )
{
    private const int Units = 5;
    private const int Samples = 40;

    private static IEnumerable<string> Finite(Activation activation)
    {
        foreach (float size in new[] { 0f, 1e-3f, 1f, 30f })
        {
            Matrix<float> u = Inputs(size),
                y = Applied(activation, u),
                gradient = Inputs(1);
            activation.PullBack(u, y, gradient);
            if (!y.Enumerate().All(float.IsFinite) || !gradient.Enumerate().All(float.IsFinite))
            {
                yield return $"inputs of size {size} give an output or a gradient that is no finite number";
            }
        }
    }

    private static IEnumerable<string> Columns(Activation activation)
    {
        Matrix<float> u = Inputs(1),
            before = u.Clone(),
            y = Applied(activation, u);
        if (!u.Equals(before))
        {
            yield return "Apply changes its input";
        }

        for (int j = 0; j < Samples; j++)
        {
            if (!Applied(activation, u.SubMatrix(0, Units, j, 1)).Equals(y.SubMatrix(0, Units, j, 1)))
            {
                yield return $"sample {j + 1} alone has another output than among others";
                yield break;
            }
        }
    }

    private static IEnumerable<string> Derivative(Activation activation)
    {
        const float step = 1e-3f;
        Matrix<float> u = Inputs(1),
            direction = Inputs(1, seed: 2),
            gradient = Inputs(1, seed: 3),
            pulled = gradient.Clone();
        activation.PullBack(u, Applied(activation, u), pulled);
        Matrix<float> above = Applied(activation, u + (direction * step)),
            below = Applied(activation, u - (direction * step));
        int missed = 0;
        double worst = 0;
        for (int j = 0; j < Samples; j++)
        {
            // ⟨g, f(u + εd) − f(u − εd)⟩/2ε = ⟨Jᵀg, d⟩
            double numeric = gradient.Column(j).DotProduct(above.Column(j) - below.Column(j)) / (2 * step),
                own = pulled.Column(j).DotProduct(direction.Column(j)),
                miss = Math.Abs(numeric - own) / Math.Max(1, Math.Abs(numeric));
            missed += miss > 0.02 ? 1 : 0;
            worst = Math.Max(worst, miss);
        }

        // A step may cross a kink of the activation, where there is no derivative.
        if (missed > Samples / 8)
        {
            yield return $"{missed} of {Samples} samples have another derivative by differences, up to {worst:G2} away";
        }
    }

    private static IEnumerable<string> Inverse(Activation activation)
    {
        if (!activation.IsInvertible)
        {
            yield break;
        }

        Matrix<float> u = Inputs(1),
            back = Matrix<float>.Build.Dense(Units, Samples);
        activation.Invert(Applied(activation, u), back);
        double most = (u - back).Enumerate().Max(value => Math.Abs((double)value));
        if (!(most < 1e-3))
        {
            yield return $"an input comes back {most:G2} away";
        }
    }

    private static Matrix<float> Inputs(float size, long seed = 1)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(Units, Samples);
        RandomStream.Create(seed, "conformance").FillNormal(inputs.AsColumnMajorArray(), size);
        return inputs;
    }

    private static Matrix<float> Applied(Activation activation, Matrix<float> u)
    {
        Matrix<float> y = Matrix<float>.Build.Dense(u.RowCount, u.ColumnCount, float.NaN);
        activation.Apply(u, y);
        return y;
    }
}
