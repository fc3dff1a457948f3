using System.Diagnostics;

namespace Reproduction.Tests.Experiments;

public sealed class RunCommandTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task A_killed_sweep_continues_and_ends_with_the_bytes_of_an_undisturbed_one()
    {
        string undisturbed = Path.Combine(reproduce.Results, "one"),
            killed = Path.Combine(reproduce.Results, "two");
        string[] Command(string results) =>
            ["run", "truncation-ladder", "--dataset", "robot-arm", "--results", results];
        Assert.Equal(0, (await reproduce.Run([.. Command(undisturbed), "--threads", "1"])).Code);
        using (Process process = reproduce.Start(Command(killed)))
        {
            // The sweep is killed after its first records, in the middle of the rest. A separate thread watches for
            // that, because other tests keep the thread pool busy.
            string runs = Path.Combine(killed, "runs");
            await Task.Factory.StartNew(
                () =>
                {
                    while (
                        !process.HasExited && (!Directory.Exists(runs) || Directory.GetFiles(runs, "*.json").Length < 3)
                    )
                    {
                        Thread.Sleep(5);
                    }

                    process.Kill();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            await process.WaitForExitAsync();
        }

        int kept = Directory.GetFiles(Path.Combine(killed, "runs"), "*.json").Length;
        Assert.InRange(kept, 3, 47);
        Assert.False(Directory.Exists(Path.Combine(killed, "quick")));
        Executable.Outcome second = await reproduce.Run(Command(killed));
        Assert.Equal(0, second.Code);
        Assert.Contains($"search: 48 ({48 - kept} made now, {kept} from", second.Output, StringComparison.Ordinal);
        string[] files = CsvFiles(undisturbed);
        Assert.Equal(
            [
                "claims.csv",
                "quick/kickback/robot-arm/truncation-ladder-search.csv",
                "quick/kickback/robot-arm/truncation-ladder.csv",
            ],
            files
        );
        Assert.Equal(files, CsvFiles(killed));
        Assert.All(
            files,
            file =>
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(undisturbed, file)),
                    File.ReadAllBytes(Path.Combine(killed, file))
                )
        );
    }

    [Fact]
    public async Task A_figure_is_drawn_from_saved_results_alone_and_names_its_data()
    {
        Assert.Equal(
            0,
            (
                await reproduce.Run(
                    "run",
                    "competitive-hebbian/figure-1",
                    "--dataset",
                    "digits",
                    "--results",
                    reproduce.Results
                )
            ).Code
        );
        Directory.Delete(Path.Combine(reproduce.Results, "runs"), recursive: true);
        Executable.Outcome outcome = await reproduce.Run(
            "figures",
            "--animate",
            "--results",
            reproduce.Results,
            "--figures",
            reproduce.Figures
        );
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        Assert.Contains("animation of 7 moments: ", outcome.Output, StringComparison.Ordinal);
        string drawing = await File.ReadAllTextAsync(
            Path.Combine(reproduce.Figures, "quick", "competitive-hebbian", "digits", "figure-1.svg")
        );
        Assert.Contains("embedded digits", drawing, StringComparison.Ordinal);
        foreach (char panel in "abcdefgh")
        {
            Assert.Contains($"({panel}) ", drawing, StringComparison.Ordinal);
        }

        // Three rules at two moments, as published and corrected; each panel is one picture.
        Assert.Equal(12, drawing.Split("data:image/png").Length - 1);
        string files = Path.Combine(reproduce.Figures, "quick", "competitive-hebbian", "digits", "figure-1");
        Assert.All(
            new[] { ".png", ".pdf", ".gif", "-weights.png" },
            extension => Assert.True(File.Exists(files + extension))
        );
    }

    [Fact]
    public async Task List_and_rules_name_everything()
    {
        string list = (await reproduce.Run("list")).Output;
        Assert.All(
            new[] { "competitive-hebbian/table-1", "competitive-hebbian/table-2", "competitive-hebbian/figure-1" },
            id => Assert.Contains(id, list, StringComparison.Ordinal)
        );
        string rules = (await reproduce.Run("rules")).Output;
        Assert.All(
            new[] { "random:", "backprop:", "competitive:", "softhebb:", "hebbnet:", "--set mask=as-coded" },
            text => Assert.Contains(text, rules, StringComparison.Ordinal)
        );
    }

    private static string[] CsvFiles(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*.csv", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal),
        ];
}
