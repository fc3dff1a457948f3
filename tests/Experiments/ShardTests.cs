using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests that runs split over several processes give the results of one process.</summary>
public sealed partial class ShardTests : IDisposable
{
    private static readonly string[] Experiment = ["run", "one-scalar", "--dataset", "robot-arm"];

    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Merged_shards_are_what_one_process_makes()
    {
        string one = At("one"),
            merged = At("merged");
        Assert.Equal(0, (await reproduce.Run([.. Experiment, "--results", one])).Code);
        for (int i = 1; i <= 3; i++)
        {
            Executable.Outcome shard = await reproduce.Run([
                .. Experiment,
                "--shard",
                $"{i}/3",
                "--results",
                At($"s{i}"),
            ]);
            Assert.Equal((0, ""), (shard.Code, shard.Error));
            Assert.Contains($"search: 12 in all, 4 in shard {i}/3", shard.Output, StringComparison.Ordinal);
            Assert.Contains(
                "8 run(s) of its search are not there yet; when all shards have made theirs, run each again",
                shard.Output,
                StringComparison.Ordinal
            );
            Assert.False(Directory.Exists(Path.Combine(At($"s{i}"), "quick")));
        }

        Assert.Equal(
            12,
            Records("s1").Concat(Records("s2")).Concat(Records("s3")).Select(Path.GetFileName).Distinct().Count()
        );
        Assert.Contains(
            "one-scalar: 4 run(s) of its search are not there yet",
            await reproduce.Fail(1, "merge", At("s1"), At("s3"), "--results", At("part")),
            StringComparison.Ordinal
        );

        // All shards have searched, so each goes on with its part of the runs that depend on the search.
        Assert.Contains(
            "one-scalar: 4 of 4 runs are not there yet",
            await reproduce.Fail(1, "merge", At("s1"), At("s2"), At("s3"), At("s1"), "--results", merged),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "| 12 | 0 | 0 | 4 | 16 |",
            (await reproduce.Run("slurm", "status", "--results", merged)).Output,
            StringComparison.Ordinal
        );
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal(0, (await reproduce.Run([.. Experiment, "--shard", $"{i}/3", "--results", merged])).Code);
        }

        Executable.Outcome outcome = await reproduce.Run("merge", "--results", merged);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        AssertSameTables(one, merged);
        Assert.Contains(
            "| 16 | 0 | 0 | 0 | 16 |",
            (await reproduce.Run("slurm", "status", "--results", merged)).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Records_that_differ_are_refused_and_damaged_ones_left_out()
    {
        foreach (string folder in new[] { "a", "b" })
        {
            Assert.Equal(0, (await reproduce.Run([.. Experiment, "--shard", "1/3", "--results", At(folder)])).Code);
        }

        // Changes a number in the record of the same run and gives it a valid checksum.
        string path = Records("b")[0],
            original = File.ReadAllText(path),
            record = Record().Match(original).Groups["record"].Value;
        string other = Steps().Replace(record, "\"steps\":1,");
        Assert.NotEqual(record, other);
        string checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(other)));
        File.WriteAllText(path, $$"""{"sha256":"{{checksum}}","record":{{other}}}""" + "\n");
        string refusal = await reproduce.Fail(1, "merge", At("a"), At("b"), "--results", At("m"));
        Assert.Contains(Records("a")[0], refusal, StringComparison.Ordinal);
        Assert.Contains(path, refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(At("m"), "runs")) && Records("m").Length > 0);

        // Keeps only half of the record.
        File.WriteAllText(path, original[..(original.Length / 2)]);
        Executable.Outcome merged = await reproduce.Run("merge", At("b"), "--results", At("m"));
        Assert.Equal(1, merged.Code);
        Assert.Contains($"{path}: damaged", merged.Output, StringComparison.Ordinal);
        Assert.Equal(Records("b").Length - 1, Records("m").Length);
        string status = (await reproduce.Run("slurm", "status", "--results", At("b"))).Output;
        Assert.Contains("1 record(s) are damaged, or of other data or another build", status, StringComparison.Ordinal);
        Assert.Contains("| 3 | 0 | 0 | 9 | ", status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("1/3/5")]
    [InlineData("1/1000000")]
    public async Task A_shard_that_is_none_is_refused(string shard) =>
        Assert.Contains(
            $"--shard {shard}: i/n, as 2/8",
            await reproduce.Fail(2, "run", "figure-3", "--dataset", "digits", "--shard", shard),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_a_sweep_with_the_code_of_a_shell_and_keeps_what_is_finished(
        string signal,
        int code
    )
    {
        using Process process = reproduce.Start([
            "run",
            "interventions",
            "--dataset",
            "robot-arm",
            "--results",
            At("stopped"),
        ]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            error = process.StandardError.ReadToEndAsync();
        await Task.Factory.StartNew(
            () =>
            {
                while (
                    !process.HasExited
                    && !(Directory.Exists(Path.Combine(At("stopped"), "runs")) && Records("stopped").Length >= 2)
                )
                {
                    Thread.Sleep(5);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync();
        await output;
        Assert.Equal(
            (code, "error: stopped; finished runs are kept, run the same command again to continue\n"),
            (process.ExitCode, await error)
        );
        Assert.InRange(Records("stopped").Length, 2, 383);
        Assert.Empty(Directory.GetFiles(Path.Combine(At("stopped"), "runs"), "*.running"));
    }

    [Fact]
    public async Task A_script_for_SLURM_is_written_and_says_what_it_does()
    {
        Executable.Outcome outcome = await reproduce.Run(
            "slurm",
            "figure-3",
            "option-search",
            "--tasks",
            "4",
            "--dataset",
            "digits",
            "--cpus",
            "2",
            "--time",
            "1:00:00",
            "--memory",
            "4G",
            "--partition",
            "short",
            "--results",
            At("a folder's")
        );
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("once more when that has ended", outcome.Output, StringComparison.Ordinal);
        string script = File.ReadAllText(Path.Combine(At("a folder's"), "slurm", "array.sh"));
        foreach (
            string line in new[]
            {
                "#SBATCH --array=1-4\n",
                "#SBATCH --requeue\n",
                "#SBATCH --partition=short\n",
                "#SBATCH --time=1:00:00\n",
                "#SBATCH --cpus-per-task=2\n",
                "#SBATCH --mem=4G\n",
                "--shard \"$SLURM_ARRAY_TASK_ID/4\"",
                $"#SBATCH --output=\"{At("a folder's")}/slurm/logs/%A_%a.log\"\n",
            }
        )
        {
            Assert.Contains(line, script, StringComparison.Ordinal);
        }

        // The shell reads the folder's name back unchanged.
        string printed = script.Replace("\ndotnet ", "\nprintf '%s\\n' ", StringComparison.Ordinal);
        using Process bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", printed])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = reproduce.Folder,
            }
        )!;
        Assert.Contains(At("a folder's"), (await bash.StandardOutput.ReadToEndAsync()).Split('\n'));
        Assert.Contains(
            "--partition a b: letters, digits",
            await reproduce.Fail(2, "slurm", "figure-3", "--tasks", "2", "--partition", "a b"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--tasks 0: 1 to",
            await reproduce.Fail(2, "slurm", "figure-3", "--tasks", "0"),
            StringComparison.Ordinal
        );
    }

    private static void AssertSameTables(string one, string other)
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(one, "*.csv", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(one, file))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(files.Length >= 2);
        Assert.All(
            files,
            file => Assert.Equal(File.ReadAllText(Path.Combine(one, file)), File.ReadAllText(Path.Combine(other, file)))
        );
    }

    private string At(string folder) => Path.Combine(reproduce.Folder, folder);

    private string[] Records(string folder) =>
        [.. Directory.GetFiles(Path.Combine(At(folder), "runs"), "*.json").Order(StringComparer.Ordinal)];

    [GeneratedRegex("\"record\":(?<record>.*)\\}\n$", RegexOptions.Singleline)]
    private static partial Regex Record();

    [GeneratedRegex("\"steps\":[0-9]+,")]
    private static partial Regex Steps();
}
