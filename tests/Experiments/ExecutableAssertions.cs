namespace Reproduction.Tests.Experiments;

internal static class ExecutableAssertions
{
    /// <summary>Expects a failure with one line on standard error.</summary>
    public static async Task<string> Fail(this Executable reproduce, int code, params string[] arguments)
    {
        Executable.Outcome outcome = await reproduce.Run(arguments);
        Assert.Equal((code, ""), (outcome.Code, outcome.Code == code ? "" : outcome.Error));
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        return outcome.Error;
    }
}
