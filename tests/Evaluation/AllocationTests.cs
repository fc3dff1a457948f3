using Reproduction.Data;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

/// <summary>
/// Tests what a training loop allocates. Allocations are counted for the whole process, so no other test may run
/// meanwhile.
/// </summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    /// <summary>
    /// The rules that are tested. Those that solve equations or draw matrices at every step are left out.
    /// </summary>
    public static TheoryData<string, string, OptimizerKind, Normalization> Cases { get; } =
        new()
        {
            { "backprop", "softmax", OptimizerKind.Adamw, Normalization.None },
            { "backprop", "softmax", OptimizerKind.Momentum, Normalization.Batch },
            { "backprop", "identity", OptimizerKind.Sgd, Normalization.Layer },
            { "kickback", "identity", OptimizerKind.Adamw, Normalization.Layer },
            { "competitive", "softmax", OptimizerKind.Sgd, Normalization.None },
            { "softhebb", "softmax", OptimizerKind.Sgd, Normalization.None },
            { "hebbnet", "softmax", OptimizerKind.Sgd, Normalization.None },
            { "hebb", "softmax", OptimizerKind.Sgd, Normalization.None },
            { "oja", "softmax", OptimizerKind.Sgd, Normalization.None },
            { "krotov-hopfield", "softmax", OptimizerKind.Sgd, Normalization.None },
            { "influence-hebb", "identity", OptimizerKind.Sgd, Normalization.None },
            { "random", "softmax", OptimizerKind.Sgd, Normalization.None },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_allocates_nothing_once_it_is_warm(
        string rule,
        string output,
        OptimizerKind optimizer,
        Normalization normalization
    )
    {
        // The layers are wide enough for several threads. The batches have 64 samples, the last one 40.
        const int inputs = 300,
            hidden = 600,
            samples = 1000;
        ComputeThreads.Count = 2;
        FeedForwardNetwork network = new([
            new DenseLayer(
                inputs,
                hidden,
                Activations.Parse(rule == "kickback" ? "signed-relu" : "relu"),
                normalization
            ),
            new DenseLayer(hidden, 10, Activations.Parse(output), normalization, dropout: 0.2),
        ]);
        network.Draw(Initialization.He, RandomStream.Create(1, "init"));
        Examples examples = new(
            RandomMatrix.Uniform(inputs, samples, 1),
            [.. Enumerable.Range(0, samples).Select(j => j % 10)],
            10
        );
        TrainingPlan plan = new(1, 64, optimizer, 1e-4, WeightConstraint.UnitRows);
        Trainer trainer = new(
            network,
            Toy.Rules[rule].Create(new Dictionary<string, string>()),
            new TrainingSplit(examples),
            plan,
            new RandomStreams(1),
            []
        );

        // The first epoch is for the buffers and the code. Afterwards, tiered compilation may go on in the background;
        // the minimum over several rounds leaves it out.
        trainer.RunEpoch();
        long least = Enumerable
            .Range(0, 5)
            .Min(_ =>
            {
                long before = GC.GetTotalAllocatedBytes(precise: true);
                trainer.RunEpoch();
                return GC.GetTotalAllocatedBytes(precise: true) - before;
            });
        Assert.True(least < 16, $"{least} bytes in {(samples + 63) / 64} steps");
    }
}
