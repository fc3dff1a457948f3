using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Tests.Evaluation;

public sealed class RunCostTests
{
    private static readonly RunSpec Spec = Toy.Spec("competitive", "ridge") with
    {
        Limit = 6_000,
        Hidden = [128],
        Epochs = 1,
        Batch = 32,
    };

    [Fact]
    public void A_run_that_does_more_costs_more()
    {
        RunSpec[] larger =
        [
            Spec with
            {
                Limit = 12_000,
            },
            Spec with
            {
                Limit = 0,
            },
            Spec with
            {
                Hidden = [256],
            },
            Spec with
            {
                Hidden = [128, 128],
            },
            Spec with
            {
                Epochs = 2,
            },
            Spec with
            {
                Batch = 1,
            },
            Spec with
            {
                Diagnostics = 1,
            },
            Spec with
            {
                Targets = RunSpec.EachTarget,
            },
            Spec with
            {
                Probes = ["ridge", "published"],
            },
            Spec with
            {
                Probes = ["softmax"],
            },
        ];
        Assert.All(larger, spec => Assert.True(RunCost.Of(spec) > RunCost.Of(Spec), spec.ToJson()));
        Assert.Equal(RunCost.Of(Spec), RunCost.Of(Spec with { Seed = 2, LearningRate = 1 }));
    }

    [Fact]
    public void The_ridge_probe_costs_what_its_products_cost()
    {
        // Features of n samples, XXᵀ of w × w sums over n, and a factorisation in proportion to w³.
        const double n = 6_000,
            inputs = 784,
            w = 128,
            outputs = 10;
        double probe = (n * ((inputs * w) + (w * outputs))) + (n * w * w) + (w * w * w);
        Assert.Equal(probe, RunCost.Of(Spec) - RunCost.Of(Spec with { Probes = [] }), 1.0);
    }

    [Fact]
    public void A_run_costs_no_more_samples_than_its_data_set_has() =>
        Assert.Equal(RunCost.Of(Spec with { Limit = 0 }, Toy.Set), RunCost.Of(Spec, Toy.Set));
}
