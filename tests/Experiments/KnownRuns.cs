namespace Reproduction.Tests.Experiments;

/// <summary>
/// The suite's own runs of the experiment <c>is-it-learning</c> on the embedded digits, made once for all tests that
/// add a rule to it.
/// </summary>
internal static class KnownRuns
{
    private static readonly Lazy<Task<Executable>> Made = new(Make);

    /// <summary>Copies the runs to a folder of results, where a sweep finds them.</summary>
    public static async Task CopyTo(string results)
    {
        string runs = Path.Combine(results, "runs");
        Directory.CreateDirectory(runs);
        foreach (string record in Directory.EnumerateFiles(Path.Combine((await Made.Value).Results, "runs")))
        {
            File.Copy(record, Path.Combine(runs, Path.GetFileName(record)), overwrite: true);
        }
    }

    private static async Task<Executable> Make()
    {
        Executable reproduce = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => reproduce.Dispose();
        Executable.Outcome run = await reproduce.Run(
            "run",
            "is-it-learning",
            "--dataset",
            "digits",
            "--results",
            reproduce.Results
        );
        Assert.Equal((0, ""), (run.Code, run.Error));
        return reproduce;
    }
}
