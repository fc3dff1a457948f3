using Reproduction.Campaign.Fuzzing;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests that every reader reads changed files or refuses them with one of the suite's own exceptions. The campaign
/// tries many more files.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fuzz-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void No_changed_file_makes_a_reader_fail_hang_or_ask_for_memory_that_only_a_header_promises()
    {
        IReadOnlyList<FuzzedReader> readers = FuzzedReaders.All(folder.FullName);
        Assert.True(readers.Count >= 10);
        Assert.All(
            readers,
            reader =>
            {
                FuzzResult result = Fuzz.Run(reader, seed: 8, inputs: 600, folder.FullName);
                Assert.Empty(result.Defects);

                // Some changes do damage, and some do none.
                Assert.InRange(result.Refused, 60, 600);
            }
        );
    }

    [Fact]
    public void Another_seed_makes_other_changes_and_the_same_seed_the_same()
    {
        byte[] content = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        byte[][] Changed(int seed)
        {
            Mutator mutator = new(new Random(seed), ["word"]);
            return [.. Enumerable.Range(0, 50).Select(_ => mutator.Mutate(content))];
        }

        Assert.Equal(Changed(1), Changed(1));
        Assert.NotEqual(Changed(1), Changed(2));
        Assert.True(Changed(1).Count(changed => !changed.AsSpan().SequenceEqual(content)) > 45);
    }
}
