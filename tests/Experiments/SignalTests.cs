using System.Diagnostics;
using Reproduction.Campaign.Disturbances;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// What a signal does to a command that cannot stop by itself soon. How soon the process is gone is the campaign's
/// business; here it must be gone, with its exit code, one line, whole records and no mark.
/// </summary>
public sealed class SignalTests : IDisposable
{
    private readonly Executable reproduce = new();

    private string Runs => Path.Combine(reproduce.Results, "runs");

    public void Dispose() => reproduce.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_rule_that_never_comes_back_is_left(string signal, int code)
    {
        Process process = reproduce.Start([
            .. Train("sample-thrower"),
            "--set",
            "endless=true",
            "--plugin",
            SamplePlugin.File,
        ]);
        while (!process.HasExited && !File.Exists(Path.Combine(reproduce.Folder, "endless")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        process.Signal(signal);
        Stopped(await Executable.Finish(process), code);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_left_and_the_others_stay()
    {
        Assert.Equal(0, (await reproduce.Run(Train("random"))).Code);
        string record = Assert.Single(RecordWatch.Records(reproduce.Results)),
            kept = Path.Combine(reproduce.Folder, "record.json");
        Assert.Equal(0, (await reproduce.Run([.. Train("random"), "--seed", "2"])).Code);
        File.Move(record, kept);
        Shell.Run("mkfifo", record);
        Process process = reproduce.Start(Train("random"));

        // Nobody writes to the pipe, so whoever opens it waits for ever.
        await ObeysSignals(process);
        process.Signal("TERM");
        Stopped(await Executable.Finish(process), 143);
        File.Move(kept, record, overwrite: true);
        Assert.Equal(0, new RecordWatch(reproduce.Results).Lost());
    }

    /// <summary>Waits until a process catches SIGTERM, and a little longer.</summary>
    private static async Task ObeysSignals(Process process)
    {
        const ulong Terminate = 1UL << 14;
        ulong caught = 0;
        while (!process.HasExited && (caught & Terminate) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            string line = File.ReadLines($"/proc/{process.Id}/status")
                .First(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
            caught = Convert.ToUInt64(line[7..].Trim(), 16);
        }

        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    private static string[] Common => ["--dataset", "digits", "--limit", "200", "--hidden", "16"];

    private string[] Train(string rule) => ["train", "--rule", rule, .. Common, "--results", reproduce.Results];

    private void Stopped(Executable.Outcome outcome, int code)
    {
        Assert.Equal(code, outcome.Code);
        Assert.EndsWith(
            "error: stopped; finished runs are kept, run the same command again to continue\n",
            outcome.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Directory.Exists(Runs) ? Directory.EnumerateFiles(Runs) : [],
            path => !path.EndsWith(".json", StringComparison.Ordinal)
        );
    }
}
