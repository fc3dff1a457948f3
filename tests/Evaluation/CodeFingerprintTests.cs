using System.Security.Cryptography;
using Reproduction.Evaluation.Execution;

namespace Reproduction.Tests.Evaluation;

/// <summary>
/// What a stored run depends on: the sources that decide it, and neither their folder nor any other source.
/// </summary>
public sealed class CodeFingerprintTests
{
    private static readonly string[] Parts = [.. CodeFingerprint.Parts(Toy.Rules["competitive"], [])];

    [Theory]
    [InlineData("src/Numerics", "SinglePrecisionProduct.cs")]
    [InlineData("src/Network", "Learning/Proposal.cs")]
    [InlineData("src/Data", "Idx/IdxArray.cs")]
    [InlineData("src/Evaluation", "Records/RunSpec.cs")]
    [InlineData("src/Evaluation", "Training/Trainer.cs")]
    [InlineData("src/Evaluation", "Probes/RidgeProbe.cs")]
    [InlineData("src/Evaluation", "Execution/RunExecutor.cs")]
    [InlineData("src/Algorithms/Hebbian", "Competitive.cs")]
    public void A_source_that_decides_a_run_counts_by_its_content(string project, string file)
    {
        byte[] content = File.ReadAllBytes(Path.Combine(RealData.Root, project, file));
        Assert.Contains($"{file} {Convert.ToHexString(SHA256.HashData(content))}", Parts);
    }

    [Theory]
    [InlineData("RunStore.cs")]
    [InlineData("Effect.cs")]
    [InlineData("KickbackRule.cs")]
    [InlineData("ExperimentRunner.cs")]
    [InlineData("FactorInstrument.cs")]
    public void A_source_that_decides_nothing_of_the_run_does_not_count(string file) =>
        Assert.DoesNotContain(Parts, part => part.Contains(file, StringComparison.Ordinal));

    [Fact]
    public void An_instrument_counts_in_the_runs_that_it_observes_and_its_papers_experiments_do_not()
    {
        string[] added =
        [
            .. CodeFingerprint.Parts(Toy.Rules["competitive"], ["target-propagation-factors"]).Except(Parts),
        ];
        Assert.Contains(
            added,
            part => part.StartsWith("TargetPropagation/Instruments/FactorInstrument.cs ", StringComparison.Ordinal)
        );
        Assert.All(added, part => Assert.Contains("/Instruments/", part, StringComparison.Ordinal));
    }

    [Fact]
    public void No_part_names_the_folder_of_the_build() =>
        Assert.All(
            Parts,
            part => Assert.False(Path.IsPathRooted(part) || part.Contains("..", StringComparison.Ordinal))
        );
}
