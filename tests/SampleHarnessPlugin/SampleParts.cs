using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace SampleHarnessPlugin;

/// <summary>f(u) = u³/(1 + u²), which is odd and grows like u.</summary>
[Activation("sample-cubic")]
public sealed class SampleCubic : ElementwiseActivation
{
    /// <inheritdoc/>
    public override string Name => "sample-cubic";

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<float> preActivation, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            float u = preActivation[i];
            output[i] = u * u * u / (1 + (u * u));
        }
    }

    /// <inheritdoc/>
    protected override void PullBack(
        ReadOnlySpan<float> preActivation,
        ReadOnlySpan<float> output,
        Span<float> gradient
    )
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            float s = preActivation[i] * preActivation[i];
            gradient[i] *= s * (3 + s) / ((1 + s) * (1 + s));
        }
    }
}

/// <summary>Two rings of points around each other, as a data set that is generated.</summary>
[DataSet("sample-rings")]
public sealed class SampleRings : IDataSetSource
{
    /// <inheritdoc/>
    public DataSet Load(string folder) =>
        new(
            "sample-rings",
            "Two rings",
            new ImageShape(1, 1, 2),
            new TrainingSplit(Ring("training", 1_200)),
            new TestSplit(Ring("test", 600)),
            new Dictionary<string, string> { ["generator"] = "rings-1" }
        );

    private static Examples Ring(string name, int count)
    {
        RandomStream random = RandomStream.Create(1, name);
        Matrix<float> inputs = Matrix<float>.Build.Dense(2, count);
        int[] labels = new int[count];
        for (int j = 0; j < count; j++)
        {
            labels[j] = j % 2;
            double angle = 2 * Math.PI * random.NextDouble(),
                radius = 1 + labels[j] + (0.2 * random.NextDouble());
            inputs[0, j] = (float)(radius * Math.Cos(angle));
            inputs[1, j] = (float)(radius * Math.Sin(angle));
        }

        return new Examples(inputs, labels, 2);
    }
}

/// <summary>Predicts the class whose mean feature is nearest.</summary>
[Probe("sample-nearest-mean")]
public sealed class SampleNearestMean : IHonestProbe
{
    /// <inheritdoc/>
    public string Id => "sample-nearest-mean";

    /// <inheritdoc/>
    public FittedProbe Fit(TrainingFeatures training, RandomStreams random, CancellationToken cancellation = default)
    {
        Features all = training.All;
        Standardization standardization = Standardization.Of(all.Values, all.Count);
        Matrix<float> values = standardization.Apply(all.Values, 0, all.Count),
            means = Matrix<float>.Build.Dense(all.Classes, all.Dimension);
        for (int j = 0; j < all.Count; j++)
        {
            means.SetRow(
                all.Labels[j],
                means.Row(all.Labels[j]) + (values.Column(j) / all.Labels.Count(label => label == all.Labels[j]))
            );
        }

        // ‖f − m‖² is smallest where ⟨m, f⟩ − ‖m‖²/2 is largest.
        float[] bias = [.. means.EnumerateRows().Select(row => -row.DotProduct(row) / 2)];
        return new FittedProbe(standardization, means, bias, new Dictionary<string, double>());
    }
}

/// <summary>Notes the share of silent units of the first hidden layer.</summary>
[Instrument("sample-silence")]
public sealed class SampleSilence : ITrainingObserver
{
    /// <inheritdoc/>
    public void BeforeStep(
        int step,
        FeedForwardNetwork network,
        ForwardRecord forward,
        Matrix<float> targets,
        Proposal proposal
    ) => proposal.Note("silent", forward.Layers[0].Output.Enumerate().Average(y => y == 0f ? 1.0 : 0.0));
}
