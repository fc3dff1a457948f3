using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// A learned inverse of a layer: g(h) = f(V·h + c), where f is the activation of the layer below, to which g leads.
/// </summary>
public sealed class LearnedInverse
{
    private const float Momentum = 0.9f;

    /// <summary>V in column-major order, below × above.</summary>
    public required float[] Weights { get; init; }

    /// <summary>c, one value per unit of the layer below.</summary>
    public required float[] Bias { get; init; }

    /// <summary>The velocity of <see cref="Weights"/>, for momentum.</summary>
    public required float[] WeightVelocity { get; init; }

    /// <summary>The velocity of <see cref="Bias"/>, for momentum.</summary>
    public required float[] BiasVelocity { get; init; }

    /// <summary>
    /// Creates an inverse of a layer, with weights drawn from N(0, 2/(above + below)) and biases of 0.
    /// </summary>
    public static LearnedInverse Of(DenseLayer layer, RandomStream random)
    {
        DenseLayer back = new(layer.Outputs, layer.Inputs, new Identity());
        back.Draw(Initialization.Xavier, random);
        return new LearnedInverse
        {
            Weights = back.Weights.AsColumnMajorArray(),
            Bias = new float[layer.Inputs],
            WeightVelocity = new float[layer.Inputs * layer.Outputs],
            BiasVelocity = new float[layer.Inputs],
        };
    }

    /// <summary>Computes g(h), below × samples.</summary>
    public Matrix<float> Apply(Matrix<float> above, Activation activation) => Pass(above, activation).Output;

    /// <summary>Takes one step down the gradient of ‖g(h) − x‖²/2, averaged over samples.</summary>
    /// <returns>The loss before the step.</returns>
    public double Learn(Matrix<float> above, Matrix<float> below, Activation activation, double rate)
    {
        (Matrix<float> preActivation, Matrix<float> output) = Pass(above, activation);
        Matrix<float> delta = (below - output) / above.ColumnCount;
        double loss = 0.5 * delta.PointwiseMultiply(delta).ColumnSums().Sum() * above.ColumnCount;
        activation.PullBack(preActivation, output, delta);
        Step(Weights, WeightVelocity, delta.TransposeAndMultiply(above).AsColumnMajorArray(), (float)rate);
        Step(Bias, BiasVelocity, delta.RowSums().AsArray(), (float)rate);
        return loss;
    }

    private static void Step(float[] parameters, float[] velocity, float[] direction, float rate)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) + direction[i];
            parameters[i] += rate * velocity[i];
        }
    }

    private (Matrix<float> PreActivation, Matrix<float> Output) Pass(Matrix<float> above, Activation activation)
    {
        Matrix<float> preActivation = Matrix<float>.Build.Dense(Bias.Length, above.RowCount, Weights) * above,
            output = Matrix<float>.Build.Dense(Bias.Length, above.ColumnCount);
        float[] values = preActivation.AsColumnMajorArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += Bias[i % Bias.Length];
        }

        activation.Apply(preActivation, output);
        return (preActivation, output);
    }
}
