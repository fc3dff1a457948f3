using System.Text.Json;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Tests.Evaluation;

public sealed class RunStoreTests : IDisposable
{
    private static readonly string Code = CodeFingerprint.Of(Toy.Rules["random"], []);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("runs-");
    private readonly List<string> said = [];
    private readonly RunStore store;

    public RunStoreTests()
    {
        store = new RunStore(folder.FullName, said.Add);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_saved_run_is_found_with_everything_it_measured()
    {
        RunRecord record = Toy.Run(Toy.Spec("softhebb", "published"));
        store.Save(record);
        RunRecord found = store.Find(record.Spec, Toy.Set.Sha256, record.Code)!;
        Assert.Equal(
            JsonSerializer.Serialize(record, RunJson.Options),
            JsonSerializer.Serialize(found, RunJson.Options)
        );
        Assert.Null(store.Find(record.Spec with { Seed = 99 }, Toy.Set.Sha256, Code));
        Assert.Empty(said);
    }

    [Fact]
    public void A_damaged_record_is_noticed_and_passed_over()
    {
        RunRecord record = Toy.Run(Toy.Spec("random", "ridge"));
        store.Save(record);
        string path = Directory.EnumerateFiles(folder.FullName).Single();
        string content = File.ReadAllText(path);
        foreach (
            string damaged in new[]
            {
                content[..(content.Length / 2)],
                content.Replace("\"steps\":0", "\"steps\":5", StringComparison.Ordinal),
                "",
                "[]",
                "null",
            }
        )
        {
            File.WriteAllText(path, damaged);
            Assert.Null(store.Find(record.Spec, Toy.Set.Sha256, Code));
        }

        Assert.Equal(5, said.Count);
        Assert.All(said, line => Assert.Contains(path, line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_whole_record_that_lacks_what_its_spec_asks_for_is_passed_over()
    {
        RunRecord record = Toy.Run(Toy.Spec("random", "ridge"));
        RunRecord[] lacking =
        [
            record with
            {
                Measures = new(
                    record
                        .Measures.Where(measure => !measure.Key.EndsWith("testAccuracy", StringComparison.Ordinal))
                        .ToDictionary(),
                    StringComparer.Ordinal
                ),
            },
            record with
            {
                Correct = new(StringComparer.Ordinal),
            },
            record with
            {
                Curves = new(StringComparer.Ordinal) { ["loss"] = new Series([1, 2], [0.5]) },
            },
            record with
            {
                RunId = "0123456789abcdef",
            },
        ];
        string path = Path.Combine(folder.FullName, record.RunId + ".json");
        foreach (RunRecord other in lacking)
        {
            File.WriteAllBytes(path, RunStore.Sealed(JsonSerializer.SerializeToUtf8Bytes(other, RunJson.Options)));
            Assert.Null(store.Find(record.Spec, Toy.Set.Sha256, record.Code));
        }

        Assert.Equal(lacking.Length, said.Count);
        File.WriteAllBytes(path, RunStore.Sealed(JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Options)));
        Assert.NotNull(store.Find(record.Spec, Toy.Set.Sha256, record.Code));
    }

    [Fact]
    public void What_killed_writes_left_is_removed_when_it_is_old_and_nothing_else()
    {
        string Left(string name, double hours)
        {
            string path = Path.Combine(folder.CreateSubdirectory("runs").FullName, name);
            File.WriteAllText(path, "");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
            return path;
        }

        string id = Guid.NewGuid().ToString("N"),
            old = Left($".a.json.{id}.reproduce.tmp", 2),
            young = Left($".b.json.{id}.reproduce.tmp", 0.5),
            foreign = Left($".notes.{id}.tmp", 1000),
            visible = Left($"c.json.{id}.txt", 1000);
        AtomicFile.RequireWritable(folder.FullName);
        Assert.Equal([false, true, true, true], new[] { old, young, foreign, visible }.Select(File.Exists));
    }

    [Fact]
    public void A_run_that_another_process_is_making_is_put_off_and_read_when_it_is_there()
    {
        RunSpec[] specs = [.. Enumerable.Range(1, 4).Select(seed => Toy.Spec("random", "ridge") with { Seed = seed })];
        RunRecord other = Toy.Run(specs[0]);
        string mark = Path.Combine(folder.FullName, specs[0].RunId() + ".running"),
            abandoned = Path.Combine(folder.FullName, specs[1].RunId() + ".running");
        File.WriteAllText(mark, "elsewhere 1\n");
        File.WriteAllText(abandoned, "elsewhere 2\n");
        List<long> made = [];
        IReadOnlyList<RunRecord> records = new Sweep(new RunExecutor(Toy.Rules), store, threads: 1).Run(
            specs,
            Toy.Set,
            finished: (record, _) =>
            {
                made.Add(record.Spec.Seed);
                if (made.Count == 2)
                {
                    // The other process finishes one of its runs and never finishes the other.
                    store.Save(other);
                    File.Delete(mark);
                }
            }
        );
        Assert.Equal([3L, 4L, 2L], made);
        Assert.Equal([1L, 2L, 3L, 4L], records.Select(record => record.Spec.Seed));
        Assert.False(File.Exists(abandoned));
    }

    [Fact]
    public void Records_of_an_older_specification_are_counted_and_not_used()
    {
        store.ReportOlder();
        Assert.Empty(said);
        RunRecord record = Toy.Run(Toy.Spec("random", "ridge"));
        store.Save(record);
        store.ReportOlder();
        Assert.Empty(said);
        string path = Directory.EnumerateFiles(folder.FullName).Single();
        File.WriteAllText(
            Path.Combine(folder.FullName, "0123456789abcdef.json"),
            File.ReadAllText(path)
                .Replace($"\"version\":{RunSpec.CurrentVersion},", "\"version\":1,", StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(folder.FullName, "0123456789abcdef.provenance.json"), "{}");
        store.ReportOlder();
        Assert.Contains("1 run is of an older specification (now 4)", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_made_from_other_data_is_passed_over_and_named()
    {
        RunRecord record = Toy.Run(Toy.Spec("random"));
        store.Save(record);
        Assert.Null(store.Find(record.Spec, new string('a', 64), Code));
        Assert.Contains("other data", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_made_by_other_code_is_passed_over_and_named()
    {
        RunRecord record = Toy.Run(Toy.Spec("random"));
        store.Save(record);
        Assert.NotNull(store.Find(record.Spec, Toy.Set.Sha256, Code));
        Assert.Null(store.Find(record.Spec, Toy.Set.Sha256, "0123456789abcdef"));
        Assert.Contains("other code", Assert.Single(said), StringComparison.Ordinal);
        Assert.NotEqual(Code, CodeFingerprint.Of(Toy.Rules["competitive"], []));
    }

    [Fact]
    public void A_sweep_runs_only_what_is_missing_and_keeps_the_order_of_the_specs()
    {
        RunSpec[] specs =
        [
            .. Enumerable.Range(1, 5).Select(seed => Toy.Spec("competitive", "ridge") with { Seed = seed }),
        ];
        store.Save(Toy.Run(specs[2]));
        List<long> made = [];
        IReadOnlyList<RunRecord> records = new Sweep(new RunExecutor(Toy.Rules), store, threads: 2).Run(
            specs,
            Toy.Set,
            finished: (record, _) =>
            {
                lock (made)
                {
                    made.Add(record.Spec.Seed);
                }
            }
        );
        Assert.Equal([1, 2, 3, 4, 5], records.Select(record => record.Spec.Seed));
        Assert.Equal([1, 2, 4, 5], made.Order());
        Assert.Equal(Toy.Run(specs[4]).Measures, records[4].Measures);
    }

    [Fact]
    public void A_failed_write_leaves_no_partial_file_and_the_old_one_intact()
    {
        string path = Path.Combine(folder.FullName, "file");
        AtomicFile.Write(path, "old");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "taken"));
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(Path.Combine(folder.FullName, "taken"), "new"));
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(Path.Combine(path, "below-a-file"), "new"));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.EnumerateFiles(folder.FullName));
    }
}
