using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.ForwardForward;

/// <summary>
/// Forward-Forward: the label is written into the first inputs, and each hidden layer learns to tell true labels from
/// wrong ones by its goodness G = Σ y² − D, D units: p = σ(G), ΔW ∝ 2(1 − p) y x̂ᵀ for true and −2p y x̂ᵀ for wrong
/// labels, with x̂ the layer's input divided by its root mean square. The output layer reads the last hidden layer
/// under a neutral label; classes are predicted by trying every label, or by that readout.
/// </summary>
[LearningRule(
    "forward-forward",
    Summary = "layers learn to tell true labels in the input from wrong ones by the size of their activity",
    Family = "forward only",
    Source = "Hinton 2022, arXiv 2212.13345, sections 2 and 3.3",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Batch = 100,
    Initialization = Initialization.He,
    NeedsClasses = true
)]
public sealed class ForwardForward(ForwardForwardOptions options) : LearningRule<ForwardForwardState>, IInferringRule
{
    private const float Tiny = 1e-8f;

    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public void Settle(
        FeedForwardNetwork network,
        RuleParameters parameters,
        Matrix<float> input,
        ForwardRecord record
    ) => Pass(network, Labelled(input, network.Outputs, record, _ => -1), record);

    /// <summary>
    /// For each label, the goodness per unit summed over the hidden layers above the first (the first where there is no
    /// other); or the output layer's activity under the neutral label.
    /// </summary>
    public void Score(
        FeedForwardNetwork network,
        RuleParameters parameters,
        Matrix<float> input,
        ForwardRecord record,
        Matrix<float> scores
    )
    {
        if (options.Prediction == Prediction.Readout)
        {
            record.Output.CopyTo(scores);
            return;
        }

        scores.Clear();
        int first = network.HiddenLayers > 1 ? 1 : 0;
        for (int label = 0; label < network.Outputs; label++)
        {
            int tried = label;
            Pass(network, Labelled(input, network.Outputs, record, _ => tried), record);
            for (int l = first; l < network.HiddenLayers; l++)
            {
                float[] y = record.Layers[l].Output.AsColumnMajorArray();
                int units = network.Layers[l].Outputs;
                for (int j = 0; j < record.Samples; j++)
                {
                    scores[label, j] += (float)(Sums.OfSquares(y.AsSpan(j * units, units)) / units);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override ForwardForwardState CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.HiddenLayers == 0)
        {
            throw new ArgumentException("trains hidden layers, and there is none; give --hidden some units");
        }

        if (network.Inputs < network.Outputs || network.Outputs < 2)
        {
            throw new ArgumentException(
                $"writes {network.Outputs} labels into the first of {network.Inputs} inputs; it needs at least two "
                    + "classes, and as many inputs"
            );
        }

        if (network.Layers.Take(network.HiddenLayers).Any(layer => layer.Activation.Name != PiecewiseLinear.Relu.Name))
        {
            throw new ArgumentException("has the goodness of rectified units; use --activation relu");
        }

        return network.Layers.Any(layer => layer.Normalization != Normalization.None)
            ? throw new ArgumentException("normalises the input of each layer itself; use --norm none")
            : new ForwardForwardState
            {
                Means = [.. network.Layers.Take(network.HiddenLayers).Select(layer => new float[layer.Outputs])],
            };
    }

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, ForwardForwardState state, Proposal proposal)
    {
        FeedForwardNetwork network = step.Network;
        ForwardRecord neutral = step.Forward;
        int[] labels = Labels(step.Targets!),
            wrong = Wrong(labels, network.Outputs, step.Random["forward-forward"]);
        ForwardRecord positive = neutral.Scratch("positive"),
            negative = neutral.Scratch("negative");

        // The input that Settle relabelled is the batch's; its first entries are overwritten once more.
        Matrix<float> input = neutral.Layers[0].Scratch("raw", network.Inputs);
        Pass(network, Labelled(input, network.Outputs, positive, j => labels[j]), positive);
        Pass(network, Labelled(input, network.Outputs, negative, j => wrong[j]), negative);
        double loss = 0;
        for (int l = 0; l < network.HiddenLayers; l++)
        {
            LayerProposal change = proposal.For(l);
            Matrix<float> up = positive.Layers[l].Scratch("delta"),
                down = negative.Layers[l].Scratch("delta");
            loss += Discriminate(positive.Layers[l], up, isPositive: true);
            loss += Discriminate(negative.Layers[l], down, isPositive: false);
            Equalize(positive.Layers[l], up, state.Means[l]);

            // ΔW = δ⁺x̂⁺ᵀ + δ⁻x̂⁻ᵀ − λW, Δb = Σ δ⁺ + Σ δ⁻
            (Matrix<float> fromWrong, Vector<float> biasFromWrong) = state.FromWrong(network, l);
            change.Set(down, negative.Layers[l]);
            change.Weights.CopyTo(fromWrong);
            change.Bias.CopyTo(biasFromWrong);
            change.Set(up, positive.Layers[l]);
            change.Weights.Add(fromWrong, change.Weights);
            change.Bias.Add(biasFromWrong, change.Bias);
            float[] sum = change.Weights.AsColumnMajorArray();
            TensorPrimitives.MultiplyAdd(
                network.Layers[l].Weights.AsColumnMajorArray(),
                (float)-options.WeightDecay,
                sum,
                sum
            );
        }

        Matrix<float> top = neutral.Layers[^1].Scratch("delta");
        proposal.Note("readoutLoss", step.Descend(top));
        proposal.For(network.HiddenLayers).Set(top, neutral.Layers[^1]);
        proposal.Loss = loss;
    }

    /// <summary>
    /// The mean of −log p (true labels) or −log(1 − p) (wrong ones), and δ = −∂/∂u of it: 2(1 − p) y/B or −2p y/B.
    /// </summary>
    private static double Discriminate(LayerRecord record, Matrix<float> delta, bool isPositive)
    {
        int units = delta.RowCount;
        float[] y = record.Output.AsColumnMajorArray(),
            d = delta.AsColumnMajorArray();
        double loss = 0;
        for (int start = 0; start < y.Length; start += units)
        {
            ReadOnlySpan<float> own = y.AsSpan(start, units);
            double goodness = Sums.OfSquares(own) - units,
                p = 1 / (1 + Math.Exp(-goodness)),
                miss = isPositive ? 1 - p : -p;
            loss +=
                Math.Log(1 + Math.Exp(isPositive ? -goodness : goodness)) is var exact && double.IsFinite(exact)
                    ? exact
                    : Math.Abs(goodness);
            TensorPrimitives.Multiply(own, (float)(2 * miss / record.Columns), d.AsSpan(start, units));
        }

        return loss / record.Columns;
    }

    /// <summary>
    /// The peer loss: c·mean over units of (mean activity − running mean of the unit)², which keeps units from falling
    /// silent. The running mean takes a tenth of the batch's, and only that part has a gradient, at silent units too.
    /// </summary>
    private void Equalize(LayerRecord record, Matrix<float> delta, float[] means)
    {
        if (options.PeerLoss == 0)
        {
            return;
        }

        const float share = 0.1f;
        float[] sums = record.UnitScratch<float>("sums"),
            d = delta.AsColumnMajorArray();
        ColumnSum.Compute(record.Output, sums);
        for (int o = 0; o < means.Length; o++)
        {
            means[o] += share * ((sums[o] / record.Columns) - means[o]);
        }

        float average = (float)(Sums.Of(means) / means.Length),
            scale = (float)(options.PeerLoss * 2 * share / (means.Length * (double)record.Columns));
        for (int i = 0; i < d.Length; i++)
        {
            d[i] += scale * (average - means[i % means.Length]);
        }
    }

    /// <summary>Passes a labelled batch through all layers: x̂ = x/√mean(x²), y = f(W x̂ + b).</summary>
    private static void Pass(FeedForwardNetwork network, Matrix<float> labelled, ForwardRecord record)
    {
        Matrix<float> input = labelled;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            Matrix<float> scaled = record.Layers[l].Scratch("scaled", input.RowCount);
            float[] source = input.AsColumnMajorArray(),
                target = scaled.AsColumnMajorArray();
            int rows = input.RowCount;
            for (int start = 0; start < source.Length; start += rows)
            {
                ReadOnlySpan<float> own = source.AsSpan(start, rows);
                float size = (float)Math.Sqrt(Sums.OfSquares(own) / rows) + Tiny;
                TensorPrimitives.Divide(own, size, target.AsSpan(start, rows));
            }

            network.Layers[l].Forward(scaled, record.Layers[l], null);
            input = record.Layers[l].Output;
        }
    }

    /// <summary>
    /// A copy of the inputs whose first entries hold the label: 1 at the label and 0 elsewhere, or .1 everywhere where
    /// it is −1; times the option <c>label-size</c>.
    /// </summary>
    private Matrix<float> Labelled(Matrix<float> input, int classes, ForwardRecord record, Func<int, int> labelOf)
    {
        Matrix<float> raw = record.Layers[0].Scratch("raw", input.RowCount);
        if (!ReferenceEquals(raw, input))
        {
            input.CopyTo(raw);
        }

        float[] values = raw.AsColumnMajorArray();
        for (int j = 0; j < input.ColumnCount; j++)
        {
            int label = labelOf(j);
            Span<float> place = values.AsSpan(j * input.RowCount, classes);
            place.Fill(label < 0 ? (float)(0.1 * options.LabelSize) : 0f);
            if (label >= 0)
            {
                place[label] = (float)options.LabelSize;
            }
        }

        return raw;
    }

    private static int[] Labels(Matrix<float> targets)
    {
        int[] labels = new int[targets.ColumnCount];
        for (int j = 0; j < labels.Length; j++)
        {
            labels[j] = targets.AsColumnMajorArray().AsSpan(j * targets.RowCount, targets.RowCount).IndexOf(1f);
        }

        return labels;
    }

    /// <summary>For each sample, a label drawn from the others.</summary>
    private static int[] Wrong(int[] labels, int classes, RandomStream random) =>
        [.. labels.Select(label => (label + 1 + random.Next(classes - 1)) % classes)];
}

/// <summary>Options of <see cref="ForwardForward"/>.</summary>
public sealed record ForwardForwardOptions
{
    [RuleOption("how a class is predicted: by the goodness under each label, or by the readout under a neutral one")]
    public Prediction Prediction { get; init; } = Prediction.Goodness;

    [RuleOption("value of the label's input; inputs have a standard deviation of about 1", Minimum = 0)]
    public double LabelSize { get; init; } = 3;

    [RuleOption("weight of the peer loss, which keeps units equally active", Minimum = 0)]
    public double PeerLoss { get; init; } = 0.03;

    [RuleOption("λ, decay of the hidden weights", Minimum = 0)]
    public double WeightDecay { get; init; } = 3e-4;
}

/// <summary>How a class is predicted.</summary>
public enum Prediction
{
    /// <summary>By the label under which the hidden layers' goodness is largest.</summary>
    Goodness,

    /// <summary>By the output layer under the neutral label.</summary>
    Readout,
}

/// <summary>The state of Forward-Forward: the running mean activity of every hidden unit.</summary>
public sealed class ForwardForwardState
{
    private readonly Dictionary<int, (Matrix<float> Weights, Vector<float> Bias)> fromWrong = [];

    /// <summary>One array per hidden layer, one value per unit.</summary>
    public required float[][] Means { get; init; }

    /// <summary>A buffer for the part of a layer's step that comes from wrong labels.</summary>
    internal (Matrix<float> Weights, Vector<float> Bias) FromWrong(FeedForwardNetwork network, int layer)
    {
        DenseLayer own = network.Layers[layer];
        return fromWrong.TryGetValue(layer, out (Matrix<float>, Vector<float>) buffer)
            ? buffer
            : fromWrong[layer] = (Matrix<float>.Build.SameAs(own.Weights), Vector<float>.Build.SameAs(own.Bias));
    }
}
