namespace Reproduction.Tests.Experiments;

/// <summary>What is told before any work is done, and what goes on although a part of it failed.</summary>
public sealed class PartialFailureTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Figures_are_drawn_past_a_damaged_table_which_is_named()
    {
        string from = Path.Combine(RealData.Root, "results", "paper", "kickback", "robot-arm"),
            to = Directory.CreateDirectory(Path.Combine(reproduce.Results, "paper", "kickback", "robot-arm")).FullName;
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        await File.AppendAllTextAsync(Path.Combine(to, "alignment.csv"), "x\n");
        Executable.Outcome outcome = await reproduce.Run(
            "figures",
            "--results",
            reproduce.Results,
            "--figures",
            reproduce.Figures
        );
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"error: {Path.Combine(to, "alignment.csv")}: ", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(
            "left out: 1 experiment(s), whose tables are damaged",
            outcome.Output,
            StringComparison.Ordinal
        );
        string drawn = Path.Combine(reproduce.Figures, "paper", "kickback", "robot-arm");
        Assert.True(File.Exists(Path.Combine(drawn, "coherence.svg")));
        Assert.True(File.Exists(Path.Combine(drawn, "truncation-ladder.svg")));
        Assert.False(File.Exists(Path.Combine(drawn, "alignment.svg")));
    }

    [Fact]
    public async Task A_figures_folder_that_cannot_be_written_to_is_told_before_any_run()
    {
        string file = Path.Combine(reproduce.Folder, "file");
        await File.WriteAllTextAsync(file, "");
        string error = await reproduce.Fail(1, [.. Compare("32"), "--figures", Path.Combine(file, "figures")]);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(reproduce.Results, "runs")));
    }

    [Fact]
    public async Task A_width_that_is_named_twice_is_compared_once_and_said_so()
    {
        Executable.Outcome outcome = await reproduce.Run([.. Compare("32,32"), "--figures", reproduce.Figures]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("32 is named 2 times and compared once", outcome.Output, StringComparison.Ordinal);
        Assert.Single(
            outcome.Output.Split('\n'),
            line => line.StartsWith("| oja | 32 units |", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_name_of_ten_thousand_characters_is_cut() =>
        Assert.InRange(
            (await reproduce.Fail(2, ["train", "--rule", new string('x', 10_000), "--dataset", "digits"])).Length,
            60,
            500
        );

    private string[] Compare(string widths) =>
        [
            "compare",
            "--rules",
            "oja",
            "--widths",
            widths,
            "--seeds",
            "1",
            "--limit",
            "200",
            "--dataset",
            "digits",
            "--results",
            reproduce.Results,
        ];
}
