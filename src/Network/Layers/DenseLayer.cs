using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>y = f(W·n(d(x)) + b): dropout d, normalisation n, weights W, bias b, activation f.</summary>
public sealed class DenseLayer
{
    /// <summary>A layer with all weights 0; see <see cref="Draw"/>.</summary>
    /// <param name="inputs">Units below, ≥ 1.</param>
    /// <param name="outputs">Units of this layer, ≥ 1.</param>
    /// <param name="activation">f.</param>
    /// <param name="normalization">n.</param>
    /// <param name="dropout">Probability that an input is set to 0 in training; the rest are scaled by 1/(1 − dropout). In [0, 1).</param>
    public DenseLayer(int inputs, int outputs, Activation activation, Normalization normalization = Normalization.None, double dropout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(activation);
        if (!(dropout >= 0 && dropout < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "Dropout lies in [0, 1).");
        }

        Weights = Matrix<float>.Build.Dense(outputs, inputs);
        Bias = Vector<float>.Build.Dense(outputs);
        Activation = activation;
        Normalization = normalization;
        Dropout = dropout;
    }

    /// <summary>W, outputs × inputs.</summary>
    public Matrix<float> Weights { get; }

    /// <summary>b, one value a unit.</summary>
    public Vector<float> Bias { get; }

    public Activation Activation { get; }

    public Normalization Normalization { get; }

    public double Dropout { get; }

    public int Inputs => Weights.ColumnCount;

    public int Outputs => Weights.RowCount;

    /// <summary>Draws the weights anew and sets the biases to 0.</summary>
    public void Draw(Initialization initialization, RandomStream random)
    {
        double deviation = initialization switch
        {
            Initialization.He => Math.Sqrt(2.0 / Inputs),
            Initialization.Xavier => Math.Sqrt(2.0 / (Inputs + Outputs)),
            Initialization.Hebbian => 5 * Math.Sqrt(Math.PI / (2.0 * Inputs)),
            _ => throw new ArgumentOutOfRangeException(nameof(initialization), initialization, null),
        };
        float[] weights = Weights.AsColumnMajorArray();
        double[] samples = new double[weights.Length];
        Normal.Samples(random, samples, 0, deviation);
        for (int i = 0; i < samples.Length; i++)
        {
            weights[i] = (float)samples[i];
        }

        Bias.Clear();
    }

    /// <summary>Computes the layer's output for a batch and notes what led to it.</summary>
    /// <param name="input">inputs × samples.</param>
    /// <param name="record">Overwritten.</param>
    /// <param name="dropout">Draws the mask; null evaluates without dropout.</param>
    public void Forward(Matrix<float> input, LayerRecord record, RandomStream? dropout)
    {
        record.Input = input;
        if (dropout is not null && Dropout > 0)
        {
            float[] mask = record.DropoutMask.AsColumnMajorArray();
            dropout.FillBernoulli(mask, 1 - Dropout, (float)(1 / (1 - Dropout)));
            input.PointwiseMultiply(record.DropoutMask, record.Dropped);
            record.Input = record.Dropped;
            record.HasDropout = true;
        }
        else
        {
            record.HasDropout = false;
        }

        record.Normalized = record.Input;
        if (Normalization == Normalization.Layer)
        {
            LayerNormalization.Apply(record.Input, record.NormalizedBuffer);
            record.Normalized = record.NormalizedBuffer;
        }

        Weights.Multiply(record.Normalized, record.PreActivation);
        AddBias(record.PreActivation);
        Activation.Apply(record.PreActivation, record.Output);
    }

    private void AddBias(Matrix<float> preActivation)
    {
        float[] bias = Bias.AsArray(), values = preActivation.AsColumnMajorArray();
        if (bias.AsSpan().ContainsAnyExcept(0f))
        {
            for (int start = 0; start < values.Length; start += bias.Length)
            {
                Span<float> column = values.AsSpan(start, bias.Length);
                System.Numerics.Tensors.TensorPrimitives.Add(column, bias, column);
            }
        }
    }
}
