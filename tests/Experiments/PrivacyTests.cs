namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests that results can be given away: they do not say who made them, or where.
/// </summary>
public sealed class PrivacyTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task No_file_of_results_has_the_users_home_or_a_variable_of_the_environment()
    {
        string home = Path.Combine(reproduce.Folder, "home-of-somebody"),
            results = Path.Combine(home, "results"),
            figures = Path.Combine(home, "figures"),
            data = Path.Combine(home, "data"),
            plugins = Path.Combine(home, "my-rules");
        Directory.CreateDirectory(data);
        Directory.CreateDirectory(plugins);
        foreach (string file in Directory.EnumerateFiles(SamplePlugin.Folder, "*.dll"))
        {
            File.Copy(file, Path.Combine(plugins, Path.GetFileName(file)));
        }

        const string secret = "a-secret-of-the-environment",
            account = "name-of-the-account";
        (
            reproduce.Environment["HOME"],
            reproduce.Environment["ACCESS_TOKEN"],
            reproduce.Environment["REPRODUCTION_DATA"],
            reproduce.Environment["USER"],
            reproduce.Environment["LOGNAME"]
        ) = (home, secret, data, account, account);
        string[] places =
        [
            "--results",
            results,
            "--dataset",
            "digits",
            "--data",
            data,
            "--plugin",
            Path.Combine(plugins, "SamplePlugin.dll"),
        ];
        Assert.Equal(
            0,
            (await reproduce.Run(["train", "--rule", "sample-hebb", "--hidden", "4", "--limit", "200", .. places])).Code
        );
        Assert.Equal(
            1,
            (
                await reproduce.Run(["train", "--rule", "sample-thrower", "--hidden", "4", "--limit", "200", .. places])
            ).Code
        );
        Assert.Equal(
            0,
            (
                await reproduce.Run([
                    "compare",
                    "--rules",
                    "sample-hebb",
                    "--widths",
                    "4",
                    "--limit",
                    "200",
                    "--seeds",
                    "1",
                    "--figures",
                    figures,
                    .. places,
                ])
            ).Code
        );
        Assert.Equal(
            0,
            (
                await reproduce.Run([
                    "run",
                    "coherence",
                    "--shard",
                    "1/1",
                    "--results",
                    results,
                    "--dataset",
                    "robot-arm",
                    "--data",
                    data,
                ])
            ).Code
        );
        Assert.Equal(0, (await reproduce.Run(["merge", "--results", results, "--data", data])).Code);
        Assert.Equal(0, (await reproduce.Run(["figures", "--results", results, "--figures", figures])).Code);
        Assert.Equal(0, (await reproduce.Run(["report", "--results", results, "--figures", figures])).Code);
        string[] files =
        [
            .. Directory
                .EnumerateFiles(results, "*", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(figures, "*", SearchOption.AllDirectories)),
        ];
        Assert.True(files.Length > 20);
        Assert.All(
            files,
            file =>
                Assert.All(
                    new[] { "home-of-somebody", secret, account, RealData.Root },
                    text => Assert.DoesNotContain(text, File.ReadAllText(file), StringComparison.Ordinal)
                )
        );
        Assert.Contains(files, file => File.ReadAllText(file).Contains("\"~/", StringComparison.Ordinal));
    }
}
