using System.Diagnostics;
using System.Text.Json;

namespace Reproduction.Campaign;

/// <summary>Runs the real <c>reproduce</c>, each time with folders of its own and no network.</summary>
public sealed class Executable : IDisposable
{
    private static readonly bool IgnoresInterrupts =
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..]
            .Trim()
            is var ignored
        && (Convert.ToUInt64(ignored, 16) & 0b10) != 0;

    // Of no command that is run here.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("reproduce-");

    public string Results => Path.Combine(folder.FullName, "results");

    public string Figures => Path.Combine(folder.FullName, "figures");

    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Where it runs.</summary>
    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>What a finished process left.</summary>
    public sealed record Outcome(int Code, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Variables that the next processes get besides this one's.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Runs to the end.</summary>
    public Task<Outcome> Run(params string[] arguments) => Finish(Start(arguments));

    /// <summary>
    /// Runs the .NET command line to the end, without looking for anything that is not on this machine.
    /// </summary>
    public Task<Outcome> RunDotnet(params string[] arguments)
    {
        Environment["NuGetAudit"] = "false";
        return Finish(StartDotnet(arguments));
    }

    public Process Start(params string[] arguments) =>
        StartDotnet([Path.Combine(AppContext.BaseDirectory, "reproduce.dll"), .. arguments]);

    /// <summary>Waits for a process's end.</summary>
    public static async Task<Outcome> Finish(Process process)
    {
        using Process running = process;
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Longest);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"no end after {Longest.TotalMinutes} minutes");
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    private Process StartDotnet(string[] arguments)
    {
        // Who was started in the background passes on that Ctrl+C is to be ignored, and a process so started keeps to
        // it.
        string[] words =
        [
            .. IgnoresInterrupts ? ["env", "--default-signal=INT"] : Array.Empty<string>(),
            "dotnet",
            .. arguments,
        ];
        ProcessStartInfo start = new(words[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        foreach (string argument in words[1..])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("REPRODUCTION_DATA");
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
