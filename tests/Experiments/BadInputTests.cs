using Reproduction.Campaign.BadInput;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests that a bad input ends in one line that says what is wrong, where, and what to do.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Executable reproduce = new();

    public static IEnumerable<object[]> Cases =>
        BadInputCases.All.Select(input => new object[] { input.About, input.Name });

    public void Dispose() => reproduce.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_wrong_has_its_exit_code_and_its_one_line(string about, string name) =>
        Assert.Null(await BadInputCases.All.Single(input => (input.About, input.Name) == (about, name)).Try(reproduce));

    [Fact]
    public void Every_command_and_every_format_has_its_cases()
    {
        Assert.True(BadInputCases.All.Count >= 150);
        string[] commands =
        [
            "all",
            "run",
            "figures",
            "list",
            "train",
            "rules",
            "conformance",
            "compare",
            "check",
            "claims",
            "verify",
            "report",
            "merge",
            "slurm",
            "data",
            "bench",
        ];
        Assert.Empty(
            commands
                .Concat(["IDX file", "CIFAR file", "CSV file", "MATLAB file", "results", "plugin"])
                .Except(BadInputCases.All.Select(input => input.About))
        );
    }

    [Fact]
    public async Task Offline_and_without_data_the_digits_are_taken_and_said_so()
    {
        string train = "train --rule random --hidden 8 --limit 600 --offline --data";
        Assert.Contains(
            "no such folder",
            await reproduce.Fail(1, [.. train.Split(' '), reproduce.Data, "--results", reproduce.Results]),
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(reproduce.Data);
        Executable.Outcome outcome = await reproduce.Run(
            "train",
            "--rule",
            "random",
            "--hidden",
            "8",
            "--limit",
            "600",
            "--offline",
            "--data",
            reproduce.Data,
            "--results",
            reproduce.Results
        );
        Assert.Equal(0, outcome.Code);
        Assert.Contains("digits", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("--offline", outcome.Output, StringComparison.Ordinal);
    }
}
