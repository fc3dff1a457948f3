using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Reproduction.Tests.Experiments;

/// <summary>Runs split over processes: what comes out is what one process makes.</summary>
public sealed partial class ShareTests : IDisposable
{
    private static readonly string[] Experiment = ["run", "figure-3", "--dataset", "digits", "--seeds", "5"];

    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Merged_shares_are_what_one_process_makes()
    {
        string one = At("one"), merged = At("merged");
        Assert.Equal(0, (await reproduce.Run([.. Experiment, "--results", one])).Code);
        for (int i = 1; i <= 3; i++)
        {
            Executable.Outcome share = await reproduce.Run([.. Experiment, "--shard", $"{i}/3", "--results", At($"s{i}")]);
            Assert.Equal((0, ""), (share.Code, share.Error));
            Assert.Contains($"in share {i}/3", share.Output, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(At($"s{i}"), "quick")));
        }

        Assert.Equal(5, Records("s1").Concat(Records("s2")).Concat(Records("s3")).Select(Path.GetFileName).Distinct().Count());
        Assert.Contains("figure-3: 2 of 5 runs are not there yet", await reproduce.Fail(1, "merge", At("s1"), At("s3"), "--results", At("part")), StringComparison.Ordinal);
        Executable.Outcome outcome = await reproduce.Run("merge", At("s1"), At("s2"), At("s3"), At("s1"), "--results", merged);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        AssertSameTables(one, merged);
        Assert.Contains("5 | 0 | 0 | 0 | 5", (await reproduce.Run("slurm", "status", "--results", merged)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_after_a_search_waits_for_it()
    {
        string[] search = ["run", "option-search", "--dataset", "digits"];
        string shared = At("shared");
        Assert.Equal(0, (await reproduce.Run([.. search, "--results", At("one")])).Code);
        Assert.Contains("not there yet; when all shares have made theirs, run each again", (await reproduce.Run([.. search, "--shard", "1/2", "--results", shared])).Output, StringComparison.Ordinal);
        Assert.Contains("and more after the search", (await reproduce.Run("slurm", "status", "--results", shared)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await reproduce.Run([.. search, "--shard", "2/2", "--results", shared])).Code);
        Assert.Equal(0, (await reproduce.Run([.. search, "--shard", "1/2", "--results", shared])).Code);
        Assert.Equal(0, (await reproduce.Run("merge", "--results", shared)).Code);
        AssertSameTables(At("one"), shared);
    }

    [Fact]
    public async Task Records_that_differ_are_refused_and_damaged_ones_left_out()
    {
        foreach (string folder in new[] { "a", "b" })
        {
            Assert.Equal(0, (await reproduce.Run([.. Experiment, "--shard", "1/3", "--results", At(folder)])).Code);
        }

        // The same run, with another number and a checksum that holds.
        string path = Records("b")[0], original = File.ReadAllText(path), record = Record().Match(original).Groups["record"].Value;
        string other = Steps().Replace(record, "\"steps\":1,");
        Assert.NotEqual(record, other);
        File.WriteAllText(path, $$"""{"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(other)))}}","record":{{other}}}""" + "\n");
        string refusal = await reproduce.Fail(1, "merge", At("a"), At("b"), "--results", At("m"));
        Assert.Contains(Records("a")[0], refusal, StringComparison.Ordinal);
        Assert.Contains(path, refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(At("m"), "runs")) && Records("m").Length > 0);

        // Half of it.
        File.WriteAllText(path, original[..(original.Length / 2)]);
        Executable.Outcome merged = await reproduce.Run("merge", At("b"), "--results", At("m"));
        Assert.Equal(1, merged.Code);
        Assert.Contains($"{path}: damaged", merged.Output, StringComparison.Ordinal);
        Assert.Equal(Records("b").Length - 1, Records("m").Length);
    }

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("1/3/5")]
    [InlineData("1/1000000")]
    public async Task A_share_that_is_none_is_refused(string share) =>
        Assert.Contains($"--shard {share}: i/n, as 2/8", await reproduce.Fail(2, "run", "figure-3", "--dataset", "digits", "--shard", share), StringComparison.Ordinal);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_stops_a_sweep_with_the_code_of_a_shell_and_keeps_what_is_finished(string signal, int code)
    {
        using Process process = reproduce.Start([.. Experiment[..^1], "200", "--results", At("stopped")]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await Task.Factory.StartNew(
            () =>
            {
                while (!process.HasExited && !(Directory.Exists(Path.Combine(At("stopped"), "runs")) && Records("stopped").Length >= 2))
                {
                    Thread.Sleep(5);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        await process.WaitForExitAsync();
        await output;
        Assert.Equal((code, "error: stopped; finished runs are kept, run the same command again to continue\n"), (process.ExitCode, await error));
        Assert.InRange(Records("stopped").Length, 2, 199);
        Assert.Empty(Directory.GetFiles(Path.Combine(At("stopped"), "runs"), "*.running"));
    }

    [Fact]
    public async Task A_script_for_SLURM_is_written_and_says_what_it_does()
    {
        Executable.Outcome outcome = await reproduce.Run("slurm", "figure-3", "option-search", "--tasks", "4", "--dataset", "digits", "--cpus", "2", "--time", "1:00:00", "--memory", "4G", "--partition", "short", "--results", At("a folder's"));
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("once more when that has ended", outcome.Output, StringComparison.Ordinal);
        string script = File.ReadAllText(Path.Combine(At("a folder's"), "slurm", "array.sh"));
        foreach (string line in new[] { "#SBATCH --array=1-4\n", "#SBATCH --requeue\n", "#SBATCH --partition=short\n", "#SBATCH --time=1:00:00\n", "#SBATCH --cpus-per-task=2\n", "#SBATCH --mem=4G\n", "--shard \"$SLURM_ARRAY_TASK_ID/4\"", $"#SBATCH --output=\"{At("a folder's")}/slurm/logs/%A_%a.log\"\n" })
        {
            Assert.Contains(line, script, StringComparison.Ordinal);
        }

        // The shell reads the folder back as it is.
        string printed = script.Replace("\ndotnet ", "\nprintf '%s\\n' ", StringComparison.Ordinal);
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", printed]) { RedirectStandardOutput = true, WorkingDirectory = reproduce.Folder })!;
        Assert.Contains(At("a folder's"), (await bash.StandardOutput.ReadToEndAsync()).Split('\n'));
        Assert.Contains("--partition a b: letters, digits", await reproduce.Fail(2, "slurm", "figure-3", "--tasks", "2", "--partition", "a b"), StringComparison.Ordinal);
        Assert.Contains("--tasks 0: 1 to", await reproduce.Fail(2, "slurm", "figure-3", "--tasks", "0"), StringComparison.Ordinal);
    }

    [SlurmFact]
    public async Task An_array_of_SLURM_makes_what_one_process_makes_also_when_a_task_is_killed()
    {
        string one = At("one"), array = At("array");
        Assert.Equal(0, (await reproduce.Run([.. Experiment, "--results", one])).Code);
        Executable.Outcome submitted = await reproduce.Run("slurm", "figure-3", "--dataset", "digits", "--seeds", "5", "--tasks", "4", "--cpus", "1", "--results", array, "--submit");
        Assert.Equal((0, ""), (submitted.Code, submitted.Error));
        string job = Job().Match(submitted.Output).Groups[1].Value;

        // One task is killed as a node that dies kills it, and waits in the queue again; it is let off the two minutes that SLURM makes it wait.
        await Until(() => Slurm("squeue", "--noheader", "--states=running", "--format=%K", $"--jobs={job}").Length > 0);
        string killed = Slurm("squeue", "--noheader", "--states=running", "--format=%K", $"--jobs={job}").Split('\n')[0].Trim();
        Slurm("scontrol", "requeue", $"{job}_{killed}");
        await Until(() =>
        {
            Slurm("scontrol", "update", $"JobId={job}_{killed}", "StartTime=now");
            return Slurm("squeue", "--noheader", $"--jobs={job}").Length == 0;
        });
        Assert.Contains("| 5 | 0 | 0 | 0 | 5 |", (await reproduce.Run("slurm", "status", "--results", array)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await reproduce.Run("merge", "--results", array)).Code);
        AssertSameTables(one, array);
    }

    private static string Slurm(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 600 && !holds(); i++)
        {
            await Task.Delay(200);
        }

        Assert.True(holds());
    }

    private static void AssertSameTables(string one, string other)
    {
        string[] files = [.. Directory.EnumerateFiles(one, "*.csv", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(one, file)).Order(StringComparer.Ordinal)];
        Assert.True(files.Length >= 2);
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(one, file)), File.ReadAllText(Path.Combine(other, file))));
    }

    private string At(string folder) => Path.Combine(reproduce.Folder, folder);

    private string[] Records(string folder) => [.. Directory.GetFiles(Path.Combine(At(folder), "runs"), "*.json").Order(StringComparer.Ordinal)];

    [GeneratedRegex("\"record\":(?<record>.*)\\}\n$", RegexOptions.Singleline)]
    private static partial Regex Record();

    [GeneratedRegex("\"steps\":[0-9]+,")]
    private static partial Regex Steps();

    [GeneratedRegex("submitted: job ([0-9]+)")]
    private static partial Regex Job();
}
