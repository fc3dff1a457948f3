using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.Backprop;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Gallery;

/// <summary>A small network, a batch of three classes, and one rule's step on it.</summary>
internal sealed class Rig
{
    private readonly ILearningRule rule;

    public Rig(
        ILearningRule rule,
        int[] widths,
        string activation,
        string output = "softmax",
        int samples = 9,
        long seed = 1,
        double inputSize = 1,
        Initialization initialization = Initialization.Xavier
    )
    {
        this.rule = rule;
        Activations.Register(new global::Gallery.EquilibriumPropagation.HardSigmoid());
        Network = new FeedForwardNetwork([
            .. Enumerable
                .Range(0, widths.Length - 1)
                .Select(l => new DenseLayer(
                    widths[l],
                    widths[l + 1],
                    Activations.Parse(l == widths.Length - 2 ? output : activation)
                )),
        ]);
        Random = new RandomStreams(seed);
        Network.Draw(initialization, Random["init"]);
        foreach (DenseLayer layer in Network.Layers)
        {
            Random["bias"].FillNormal(layer.Bias.AsArray(), 0.1);
        }

        Input = Matrix<float>.Build.Dense(widths[0], samples);
        Random["input"].FillNormal(Input.AsColumnMajorArray(), inputSize);
        Targets = Matrix<float>.Build.Dense(widths[^1], samples, (o, j) => o == j % widths[^1] ? 1f : 0f);
        Parameters = RuleParameters.Draw(rule, Network, Random);
        Inference = new NetworkInference(Network, rule, Parameters);
        State = rule.CreateState(Network, Random);
        Proposal = new Proposal(Network, Parameters);
    }

    public FeedForwardNetwork Network { get; }

    public RandomStreams Random { get; }

    public Matrix<float> Input { get; set; }

    public Matrix<float> Targets { get; }

    public RuleParameters Parameters { get; }

    public NetworkInference Inference { get; }

    public object? State { get; }

    public Proposal Proposal { get; }

    /// <summary>Settles the batch and lets the rule propose.</summary>
    public Proposal Propose()
    {
        ForwardRecord record = Network.CreateRecord(Input.ColumnCount);
        Inference.Settle(Input, record);
        Proposal.Reset();
        rule.Propose(
            new LearningStep(Network, record, rule.Supervision == Supervision.Target ? Targets : null, State, Random)
            {
                Parameters = Parameters,
            },
            Proposal
        );
        return Proposal;
    }

    /// <summary>What backpropagation proposes for the weights of a layer on the same batch.</summary>
    public Matrix<float> Backpropagated(int layer)
    {
        ForwardRecord record = Network.CreateRecord(Input.ColumnCount);
        Network.Forward(Input, record);
        Proposal proposal = new(Network);
        new Backpropagation(new BackpropagationOptions()).Propose(
            new LearningStep(Network, record, Targets, null, Random),
            proposal
        );
        return proposal[layer]!.Weights;
    }

    /// <summary>Minus the derivative of a loss by the entries of a matrix, by central differences.</summary>
    public static Matrix<float> Descent(Matrix<float> matrix, Func<double> loss, float step = 1e-2f)
    {
        Matrix<float> descent = Matrix<float>.Build.Dense(matrix.RowCount, matrix.ColumnCount);
        float[] values = matrix.AsColumnMajorArray(),
            result = descent.AsColumnMajorArray();
        for (int i = 0; i < values.Length; i++)
        {
            float old = values[i];
            values[i] = old + step;
            double above = loss();
            values[i] = old - step;
            double below = loss();
            values[i] = old;
            result[i] = (float)((below - above) / (2 * step));
        }

        return descent;
    }

    /// <summary>The cosine of the angle between two matrices taken as vectors.</summary>
    public static double Cosine(Matrix<float> one, Matrix<float> other)
    {
        double product = one.PointwiseMultiply(other).Enumerate().Sum(value => (double)value);
        return product / (one.FrobeniusNorm() * other.FrobeniusNorm());
    }

    /// <summary>Asserts that no entry differs by more than a share of the largest.</summary>
    public static void AssertClose(Matrix<float> expected, Matrix<float> actual, double share)
    {
        double largest = expected.Enumerate().Max(value => Math.Abs((double)value)),
            most = (expected - actual).Enumerate().Max(value => Math.Abs((double)value));
        Assert.True(largest > 0, "the expected values are all 0");
        Assert.True(most <= share * largest, $"differs by {most / largest} of the largest entry, {share} allowed");
    }
}
