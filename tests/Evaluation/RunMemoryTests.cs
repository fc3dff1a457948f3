using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Tests.Evaluation;

public class RunMemoryTests
{
    private static readonly DataSet Data = Toy.Set;

    [Fact]
    public void A_run_that_fits_is_not_refused_and_one_that_does_not_says_what_it_needs()
    {
        RunSpec spec = Toy.Spec("competitive") with { Hidden = [4096], Probes = ["ridge"] };
        long needed = RunMemory.Of(spec, Data);

        // The matrix of the probe and its factor alone take 16 bytes for each pair of features.
        Assert.InRange(needed, 16L * 4096 * 4096, 1L << 30);
        Assert.Null(RunMemory.Refusal(spec, Data, needed));
        string refusal = RunMemory.Refusal(spec, Data, needed - 1)!;
        Assert.StartsWith("--hidden 4096: this run needs about 0.", refusal, StringComparison.Ordinal);
        Assert.Contains("fewer units, fewer samples (--limit) or --memory 0.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Wider_layers_more_samples_more_networks_and_the_softmax_probe_need_more()
    {
        RunSpec spec = Toy.Spec("competitive") with { Hidden = [2048], Probes = ["ridge"], Limit = 50 };
        long needed = RunMemory.Of(spec, Data);
        Assert.All(
            new[]
            {
                spec with
                {
                    Hidden = [2049],
                },
                spec with
                {
                    Hidden = [2048, 16],
                },
                spec with
                {
                    Limit = 51,
                },
                spec with
                {
                    Targets = RunSpec.EachTarget,
                },
                spec with
                {
                    Probes = ["softmax"],
                },
            },
            more => Assert.True(RunMemory.Of(more, Data) > needed, more.ToString())
        );
        Assert.True(RunMemory.Of(spec with { Probes = [] }, Data) < needed);
    }

    [Fact]
    public void As_many_runs_are_made_at_once_as_fit()
    {
        RunSpec spec = Toy.Spec("competitive") with { Hidden = [2048], Probes = ["ridge"] };
        long one = RunMemory.Of(spec, Data),
            none = RunMemory.Of(spec with { Hidden = [1], Probes = [] }, Data);
        Assert.Equal(1, RunMemory.Concurrent([spec], Data, one / 2));
        Assert.Equal(1, RunMemory.Concurrent([spec], Data, one + 1));
        Assert.Equal(3, RunMemory.Concurrent([spec], Data, one + (5 * (one - none) / 2)));
    }
}
