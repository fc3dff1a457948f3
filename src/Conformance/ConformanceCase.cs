using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Conformance;

/// <summary>A small network and data that a law is tried on.</summary>
/// <param name="Name">In words.</param>
/// <param name="Hidden">Units of each hidden layer.</param>
/// <param name="Samples">Of the data.</param>
/// <param name="Batch">Samples a step.</param>
internal sealed record ConformanceCase(string Name, int[] Hidden, int Samples, int Batch)
{
    public const int Inputs = 12;

    /// <summary>
    /// Null for the rule's own. What one layer bears, several may not: activity of large weights grows from layer to
    /// layer.
    /// </summary>
    public Initialization? InitialWeights { get; init; }

    public Normalization Normalization { get; init; }

    public double Dropout { get; init; }

    /// <summary>Whether samples have each other's labels.</summary>
    public bool AreLabelsReversed { get; init; }

    private const int Classes = 4;

    /// <summary>What most laws are tried on: the first that the rule does not refuse.</summary>
    public static ConformanceCase[] Usual { get; } =
    [
        new("two hidden layers of 8 and 6 units, batches of 16", [8, 6], 48, 16),
        new("one hidden layer of 8 units, batches of 16", [8], 48, 16),
    ];

    /// <summary>What a rule may not have thought of.</summary>
    public static ConformanceCase[] Extremes { get; } =
    [
        new("one hidden unit", [1], 48, 16),
        new("one sample a step", [8], 8, 1),
        new("a last batch of 5 samples after two of 16", [8], 37, 16),
        new("one hidden layer", [8], 48, 16),
        new("layer normalisation and dropout of a half", [8, 6], 48, 16)
        {
            Normalization = Normalization.Layer,
            Dropout = 0.5,
        },
        new("four hidden layers, weights of He's size", [8, 7, 6, 5], 48, 16) { InitialWeights = Initialization.He },
    ];

    /// <summary>An untrained network with the activations and initial weights that the rule asks for.</summary>
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
    /// The batches of one pass: inputs of a cloud a class, and their targets; one-hot, or +1 and −1 for one output.
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
