using Reproduction.Data;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

/// <summary>
/// Tests what a training loop allocates. The product runs on the calling thread alone, whose allocations are counted
/// exactly, whatever the rest of the process does. No other test may run meanwhile and set the number of threads.
/// </summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public class AllocationTests
{
    private const int Steps = 16;

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
        Assert.Equal(0, AllocatedPerEpoch(rule, "", output, optimizer, normalization, dropout: 0.2));
    }

    /// <summary>
    /// The gallery's rules may make names and small arrays, but no matrix: the smallest, of outputs and samples, has
    /// 2,560 bytes.
    /// </summary>
    [Theory]
    [InlineData("feedback-alignment", "")]
    [InlineData("direct-feedback-alignment", "")]
    [InlineData("sign-symmetry", "")]
    [InlineData("local-losses", "pred")]
    [InlineData("local-losses", "predsim")]
    [InlineData("mono-forward", "")]
    [InlineData("forward-forward", "")]
    [InlineData("pepita", "")]
    public void A_step_of_the_gallery_allocates_no_matrix(string rule, string kind) =>
        Assert.InRange(
            AllocatedPerEpoch(rule, kind, "softmax", OptimizerKind.Sgd, Normalization.None, dropout: 0) / Steps,
            0,
            2_500
        );

    /// <summary>The bytes that an epoch allocates once it is warm.</summary>
    /// <param name="kind">The option of that name; empty for none.</param>
    private static long AllocatedPerEpoch(
        string rule,
        string kind,
        string output,
        OptimizerKind optimizer,
        Normalization normalization,
        double dropout
    )
    {
        // The batches have 64 samples, the last one 40.
        const int inputs = 300,
            hidden = 600,
            samples = 1000;
        ComputeThreads.Count = 1;
        FeedForwardNetwork network = new([
            new DenseLayer(
                inputs,
                hidden,
                Activations.Parse(rule == "kickback" ? "signed-relu" : "relu"),
                normalization
            ),
            new DenseLayer(hidden, 10, Activations.Parse(output), normalization, dropout: dropout),
        ]);
        network.Draw(Initialization.He, RandomStream.Create(1, "init"));
        Examples examples = new(
            RandomMatrix.Uniform(inputs, samples, 1),
            [.. Enumerable.Range(0, samples).Select(j => j % 10)],
            10
        );
        TrainingPlan plan = new(1, 64, optimizer, 1e-4, WeightConstraint.UnitRows);
        ILearningRule learning = Toy.WithGallery[rule]
            .Create(kind.Length > 0 ? new Dictionary<string, string> { ["kind"] = kind } : []);
        Trainer trainer = new(
            new NetworkInference(network, learning, RuleParameters.Draw(learning, network, new RandomStreams(1))),
            new TrainingSplit(examples),
            plan,
            new RandomStreams(1),
            []
        );

        // The first epoch makes the buffers. A collection, whoever causes it, adds to the count what is left of the
        // thread's current block; what a step allocates would show in every round.
        trainer.RunEpoch();
        long least = Enumerable
            .Range(0, 8)
            .Min(_ =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                trainer.RunEpoch();
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
        return least;
    }
}
