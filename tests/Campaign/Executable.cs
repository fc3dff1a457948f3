using System.Diagnostics;
using System.Text.Json;

namespace Reproduction.Campaign;

/// <summary>Runs the real <c>reproduce</c>, each time with its own folders and without a network.</summary>
public sealed class Executable : IDisposable
{
    private static readonly bool IgnoresInterrupts =
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..]
            .Trim()
            is var ignored
        && (Convert.ToUInt64(ignored, 16) & 0b10) != 0;

    // No command that is run here takes longer.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("reproduce-");

    public string Results => Path.Combine(folder.FullName, "results");

    public string Figures => Path.Combine(folder.FullName, "figures");

    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>The folder in which the commands run.</summary>
    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The exit code and the output of a finished process.</summary>
    public sealed record Outcome(int Code, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Environment variables that the next processes get in addition to those of this process.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Runs <c>reproduce</c> and waits until it ends.</summary>
    public Task<Outcome> Run(params string[] arguments) => Finish(Start(arguments));

    /// <summary>
    /// Runs the .NET command line and waits until it ends. It looks for nothing outside this machine.
    /// </summary>
    public Task<Outcome> RunDotnet(params string[] arguments)
    {
        Environment["NuGetAudit"] = "false";
        return Finish(StartDotnet(arguments));
    }

    public Process Start(params string[] arguments) =>
        StartDotnet([Path.Combine(AppContext.BaseDirectory, "reproduce.dll"), .. arguments]);

    /// <summary>Waits until a process ends.</summary>
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
        // If this process was started in the background it ignores Ctrl+C, and its children would inherit that.
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
