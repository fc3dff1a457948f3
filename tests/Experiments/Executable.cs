using System.Diagnostics;
using System.Text.Json;

namespace Reproduction.Tests.Experiments;

/// <summary>Runs the real <c>reproduce</c>, each time with folders of its own and no network.</summary>
public sealed class Executable : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("reproduce-");

    public string Results => Path.Combine(folder.FullName, "results");

    public string Figures => Path.Combine(folder.FullName, "figures");

    public string Data => Path.Combine(folder.FullName, "data");

    /// <summary>Where it runs.</summary>
    public string Folder => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>What a finished process left.</summary>
    internal sealed record Outcome(int Code, string Output, string Error)
    {
        public JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Runs to the end.</summary>
    internal Task<Outcome> Run(params string[] arguments) => Finish(Start(arguments));

    /// <summary>Runs the .NET command line to the end, without looking for anything that is not on this machine.</summary>
    internal Task<Outcome> RunDotnet(params string[] arguments)
    {
        Environment["NuGetAudit"] = "false";
        return Finish(StartDotnet(arguments));
    }

    private static async Task<Outcome> Finish(Process process)
    {
        using Process running = process;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>Expects a failure with one line on standard error.</summary>
    internal async Task<string> Fail(int code, params string[] arguments)
    {
        Outcome outcome = await Run(arguments);
        Assert.Equal((code, ""), (outcome.Code, outcome.Code == code ? "" : outcome.Error));
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        return outcome.Error;
    }

    /// <summary>Variables that the next processes get besides this one's.</summary>
    internal Dictionary<string, string> Environment { get; } = [];

    internal Process Start(params string[] arguments) => StartDotnet([Path.Combine(AppContext.BaseDirectory, "reproduce.dll"), .. arguments]);

    private Process StartDotnet(string[] arguments)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        foreach (string argument in arguments)
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
