using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// A dense layer: y = f(W·n(d(x)) + b) with dropout d, normalisation n, weights W, bias b and activation f.
/// </summary>
public sealed class DenseLayer
{
    private readonly BatchNormalization? batchNormalization;

    /// <summary>Creates a layer whose weights and biases are 0. <see cref="Draw"/> draws the weights.</summary>
    /// <param name="inputs">Number of inputs, ≥ 1.</param>
    /// <param name="outputs">Number of units of this layer, ≥ 1.</param>
    /// <param name="activation">The activation f.</param>
    /// <param name="normalization">The normalisation n.</param>
    /// <param name="dropout">Probability that an input is set to 0 in training; the rest are scaled by 1/(1 − dropout).
    /// In [0, 1).</param>
    public DenseLayer(
        int inputs,
        int outputs,
        Activation activation,
        Normalization normalization = Normalization.None,
        double dropout = 0
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentNullException.ThrowIfNull(activation);
        if (!(dropout >= 0 && dropout < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout), dropout, "Dropout lies in [0, 1).");
        }

        Scaled = new ScaledRows(Matrix<float>.Build.Dense(outputs, inputs));
        Bias = Vector<float>.Build.Dense(outputs);
        Activation = activation;
        Normalization = normalization;
        Dropout = dropout;
        batchNormalization = normalization == Normalization.Batch ? new BatchNormalization(inputs) : null;
    }

    /// <summary>W, outputs × inputs.</summary>
    public Matrix<float> Weights => Scaled.Values;

    /// <summary>b, one value per unit.</summary>
    public Vector<float> Bias { get; }

    public Activation Activation { get; }

    public Normalization Normalization { get; }

    public double Dropout { get; }

    public int Inputs => Scaled.Stored.ColumnCount;

    public int Outputs => Scaled.Stored.RowCount;

    /// <summary>W, for those who leave some of its rows to be scaled later.</summary>
    internal ScaledRows Scaled { get; }

    /// <summary>
    /// Draws new weights, sets the biases to 0 and resets batch normalisation. Sign-matched weights have the sign of
    /// the unit that they lead to; see <see cref="Activation.SignOf"/>.
    /// </summary>
    public void Draw(Initialization initialization, RandomStream random)
    {
        double deviation = initialization switch
        {
            Initialization.He => Math.Sqrt(2.0 / Inputs),
            Initialization.Xavier => Math.Sqrt(2.0 / (Inputs + Outputs)),
            Initialization.Hebbian => 5 * Math.Sqrt(Math.PI / (2.0 * Inputs)),
            Initialization.SignMatched => Math.Sqrt(2.0 / Inputs),
            Initialization.SignMatchedScaled => 2.5 / Inputs,
            _ => throw new ArgumentOutOfRangeException(nameof(initialization), initialization, null),
        };
        float[] weights = Weights.AsColumnMajorArray();
        double[] samples = new double[weights.Length];
        Normal.Samples(random, samples, 0, deviation);
        for (int i = 0; i < samples.Length; i++)
        {
            weights[i] = initialization is Initialization.SignMatched or Initialization.SignMatchedScaled
                ? (float)Math.Abs(samples[i]) * Activation.SignOf(i % Outputs)
                : (float)samples[i];
        }

        Bias.Clear();
        batchNormalization?.Reset();
    }

    /// <summary>
    /// Makes each unit the sum of its own inputs, which are dealt out to the units in their order, m to each:
    /// W_kj = 1 where ⌊j/m⌋ = k, else 0; b = 0.
    /// </summary>
    /// <exception cref="InvalidOperationException">The inputs cannot be dealt out evenly.</exception>
    public void SumInputs()
    {
        int each = Inputs / Outputs;
        if (each * Outputs != Inputs)
        {
            throw new InvalidOperationException($"{Inputs} inputs cannot be dealt out to {Outputs} units evenly.");
        }

        Weights.MapIndexedInplace((k, j, _) => j / each == k ? 1f : 0f, Zeros.Include);
        Bias.Clear();
    }

    /// <summary>Computes the layer's output for a batch and records the intermediate values.</summary>
    /// <param name="input">inputs × samples.</param>
    /// <param name="record">Overwritten.</param>
    /// <param name="dropout">The stream from which a training pass draws the dropout mask. Null for an evaluation pass,
    /// which has no dropout and uses the running moments of batch normalisation.</param>
    public void Forward(Matrix<float> input, LayerRecord record, RandomStream? dropout)
    {
        record.Input = input;
        record.IsTraining = dropout is not null;
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

        Compute(record, entersAverages: record.IsTraining);
    }

    /// <summary>
    /// Passes another input through the layer as <paramref name="like"/> was passed: with the same dropout mask, and
    /// with the batch's own moments if that was a training pass. Running averages stay as they are, so a rule may call
    /// it.
    /// </summary>
    /// <param name="input">inputs × samples.</param>
    /// <param name="like">The record of an earlier pass of a batch of the same size.</param>
    /// <param name="record">Another record of the same size; overwritten.</param>
    public void Repeat(Matrix<float> input, LayerRecord like, LayerRecord record)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(like);
        ArgumentNullException.ThrowIfNull(record);
        record.Input = input;
        record.IsTraining = like.IsTraining;
        record.HasDropout = like.HasDropout;
        if (like.HasDropout)
        {
            like.DropoutMask.CopyTo(record.DropoutMask);
            input.PointwiseMultiply(record.DropoutMask, record.Dropped);
            record.Input = record.Dropped;
        }

        Compute(record, entersAverages: false);
    }

    /// <summary>
    /// Computes ∂L/∂x = d′(n′(Wᵀ ∂L/∂u)): takes the gradient from the pre-activation back to the layer's input.
    /// </summary>
    /// <param name="record">The record of the forward pass that the gradient belongs to.</param>
    /// <param name="gradient">∂L/∂u, outputs × samples.</param>
    /// <param name="below">∂L/∂x, inputs × samples, overwritten.</param>
    /// <param name="throughMoments">Whether the normalisation's mean and deviation count as functions of x, which is
    /// exact. Otherwise they count as constants.</param>
    public void PullBack(LayerRecord record, Matrix<float> gradient, Matrix<float> below, bool throughMoments = true)
    {
        Weights.TransposeThisAndMultiply(gradient, below);
        PullBackInput(record, below, throughMoments);
    }

    /// <summary>
    /// The second half of <see cref="PullBack"/>: takes the gradient from n(d(x)) back to the layer's input, for rules
    /// that carry something else than Wᵀ ∂L/∂u.
    /// </summary>
    /// <param name="record">The record of the forward pass that the gradient belongs to.</param>
    /// <param name="below">∂L/∂n(d(x)) on entry, ∂L/∂x on return; inputs × samples.</param>
    /// <param name="throughMoments">Whether the normalisation's mean and deviation count as functions of x.</param>
    public void PullBackInput(LayerRecord record, Matrix<float> below, bool throughMoments = true)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(below);
        switch (Normalization)
        {
            case Normalization.Layer when throughMoments:
                LayerNormalization.PullBack(record.Input, record.Normalized, below);
                break;
            case Normalization.Layer:
                LayerNormalization.Scale(record.Input, below);
                break;
            case Normalization.Batch when throughMoments && record.IsTraining:
                BatchNormalization.PullBack(record.Normalized, record.InverseDeviation, below);
                break;
            case Normalization.Batch:
                BatchNormalization.Scale(record.InverseDeviation, below);
                break;
        }

        if (record.HasDropout)
        {
            below.PointwiseMultiply(record.DropoutMask, below);
        }
    }

    /// <summary>Computes everything from the layer's input on.</summary>
    /// <param name="entersAverages">Whether the batch's moments enter the running averages.</param>
    private void Compute(LayerRecord record, bool entersAverages)
    {
        record.Normalized = record.Input;
        if (Normalization == Normalization.Layer)
        {
            LayerNormalization.Apply(record.Input, record.NormalizedBuffer);
            record.Normalized = record.NormalizedBuffer;
        }
        else if (batchNormalization is not null)
        {
            batchNormalization.Apply(
                record.Input,
                record.NormalizedBuffer,
                record.InverseDeviation,
                record.IsTraining,
                entersAverages
            );
            record.Normalized = record.NormalizedBuffer;
        }

        Scaled.Multiply(record.Normalized, record.PreActivation);
        AddBias(record.PreActivation);
        Activation.Apply(record.PreActivation, record.Output);
    }

    private void AddBias(Matrix<float> preActivation)
    {
        float[] bias = Bias.AsArray(),
            values = preActivation.AsColumnMajorArray();
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
