using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Benchmarks;

/// <summary>
/// Measures the work of a training step besides matrix products: for a layer of 2048 units on 784 inputs with a batch
/// of 32, and for ten outputs on 2048 features.
/// </summary>
[InProcess]
[MemoryDiagnoser]
public class StepKernels
{
    private const int Units = 2048;
    private const int Inputs = 784;
    private const int Batch = 32;
    private const int Classes = 10;

    private readonly Matrix<float> weights = Matrix<float>.Build.Random(Units, Inputs, 1);
    private readonly Matrix<float> head = Matrix<float>.Build.Random(Classes, Units, 2);
    private readonly Matrix<float> activity = Matrix<float>.Build.Random(Units, Batch, 3);
    private readonly Matrix<float> room = Matrix<float>.Build.Dense(Units, Batch);
    private readonly float[] norms = new float[Units];
    private readonly float[] headNorms = new float[Classes];
    private readonly RandomStream random = RandomStream.Create(1, "dropout");
    private readonly AdamW adam = new(1e-3);
    private readonly Softmax softmax = new();
    private FeedForwardNetwork network = null!;
    private NetworkOptimizer optimizer = null!;
    private Proposal proposal = null!;

    [GlobalSetup]
    public void Prepare()
    {
        network = new FeedForwardNetwork([
            new DenseLayer(Inputs, Units, PiecewiseLinear.Relu),
            new DenseLayer(Units, Classes, new Softmax()),
        ]);
        network.Draw(Initialization.Hebbian, RandomStream.Create(1, "init"));
        optimizer = new NetworkOptimizer(network, OptimizerKind.Sgd, 0.05, WeightConstraint.UnitRows);
        proposal = new Proposal(network);
        weights.CopyTo(proposal.For(0).Weights);
    }

    [Benchmark]
    public void StepToUnitRows() => optimizer.Apply(proposal);

    [Benchmark]
    public void RowNorms() => Rows.Norms(weights, norms);

    [Benchmark]
    public void RowNormsOfTenOutputs() => Rows.Norms(head, headNorms);

    [Benchmark]
    public void AdamWOfTenOutputs() => adam.Step(head.AsColumnMajorArray(), head.AsColumnMajorArray());

    [Benchmark]
    public void DropoutMask() => random.FillBernoulli(room.AsColumnMajorArray(), 0.5, 2f);

    [Benchmark]
    public void SoftmaxOfUnits() => softmax.Apply(activity, room);

    [Benchmark]
    public void LayerNormalizationOfUnits() => LayerNormalization.Apply(activity, room);
}
