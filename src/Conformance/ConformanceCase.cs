using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Conformance;

/// <summary>A small network and a small data set on which a law is checked.</summary>
/// <param name="Name">The case in words.</param>
/// <param name="Hidden">Units of each hidden layer.</param>
/// <param name="Samples">Number of samples in the data set.</param>
/// <param name="Batch">Samples per training step.</param>
internal sealed record ConformanceCase(string Name, int[] Hidden, int Samples, int Batch)
{
    public const int Inputs = 12;

    /// <summary>
    /// The initialization; null for the rule's own. Weights that suit one layer may be too large for several, because
    /// the activity of large weights grows from layer to layer.
    /// </summary>
    public Initialization? InitialWeights { get; init; }

    public Normalization Normalization { get; init; }

    public double Dropout { get; init; }

    /// <summary>Whether the classes' labels are reversed: the first class has the last label, and so on.</summary>
    public bool AreLabelsReversed { get; init; }

    private const int Classes = 4;

    /// <summary>
    /// The cases for most laws, in order of preference. The first that the rule does not refuse is used.
    /// </summary>
    public static ConformanceCase[] Usual { get; } =
    [
        new("two hidden layers of 8 and 6 units, batches of 16", [8, 6], 48, 16),
        new("one hidden layer of 8 units, batches of 16", [8], 48, 16),
    ];

    /// <summary>Unusual networks and batches, which a rule must either handle or refuse.</summary>
    public static ConformanceCase[] Extremes { get; } =
    [
        new("one hidden unit", [1], 48, 16),
        new("one sample per step", [8], 8, 1),
        new("a last batch of 5 samples after two of 16", [8], 37, 16),
        new("one hidden layer", [8], 48, 16),
        new("layer normalisation and dropout of a half", [8, 6], 48, 16)
        {
            Normalization = Normalization.Layer,
            Dropout = 0.5,
        },
        new("four hidden layers with He initialization", [8, 7, 6, 5], 48, 16) { InitialWeights = Initialization.He },
    ];

    /// <summary>Creates an untrained network with the activations and initial weights that the rule asks for.</summary>
    public FeedForwardNetwork Network(LearningRuleAttribute attribute, Supervision supervision, long seed)
    {
        bool isScalar = supervision == Supervision.ScalarError;
        string output = isScalar && attribute.Output == new Softmax().Name ? new Identity().Name : attribute.Output;
        int[] widths = [Inputs, .. Hidden, isScalar ? 1 : Classes];
        FeedForwardNetwork network = new([
            .. Enumerable
                .Range(0, widths.Length - 1)
                .Select(l => new DenseLayer(
                    widths[l],
                    widths[l + 1],
                    Activations.Parse(l == widths.Length - 2 ? output : attribute.Activation),
                    Normalization,
                    l == 0 ? 0 : Dropout
                )),
        ]);
        network.Draw(InitialWeights ?? attribute.Initialization, new RandomStreams(seed)["init"]);
        return network;
    }

    /// <summary>
    /// Returns the batches of one epoch. The inputs form one cloud per class. The targets are one-hot, or +1 and −1 if
    /// there is one output.
    /// </summary>
    public IReadOnlyList<(Matrix<float> Inputs, Matrix<float> Targets)> Batches(int outputs, long seed)
    {
        RandomStream random = new RandomStreams(seed)["data"];
        Matrix<float> inputs = Matrix<float>.Build.Dense(
                Inputs,
                Samples,
                (_, _) => (float)((2 * random.NextDouble()) - 1)
            ),
            targets = Matrix<float>.Build.Dense(outputs, Samples);
        for (int j = 0; j < Samples; j++)
        {
            int label = random.Next(Classes);
            inputs[label, j] += 2f;
            label = AreLabelsReversed ? Classes - 1 - label : label;
            for (int o = 0; o < outputs; o++)
            {
                targets[o, j] = outputs > 1 ? (o == label ? 1f : 0f) : (label < Classes / 2 ? 1f : -1f);
            }
        }

        return
        [
            .. from start in Enumerable.Range(0, (Samples + Batch - 1) / Batch).Select(b => b * Batch)
            let count = Math.Min(Batch, Samples - start)
            select (inputs.SubMatrix(0, Inputs, start, count), targets.SubMatrix(0, outputs, start, count)),
        ];
    }
}
