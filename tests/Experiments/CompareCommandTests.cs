using System.Text.Json;

namespace Reproduction.Tests.Experiments;

public sealed class CompareCommandTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Check_exits_with_0_where_the_rule_beats_random_projections_and_with_3_where_it_does_not()
    {
        Executable.Outcome good = await reproduce.Run(Check("competitive", 6));
        Assert.Equal((0, ""), (good.Code, good.Error));
        Assert.Contains(
            "check: every rule beats random projections at every width",
            good.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("beats |", good.Output, StringComparison.Ordinal);
        Executable.Outcome bad = await reproduce.Run(Check("hebbnet", 6));
        Assert.Equal((3, ""), (bad.Code, bad.Error));
        Assert.Contains("check: does not hold", bad.Output, StringComparison.Ordinal);

        // The value of every seed and the verdicts are saved.
        string folder = Path.Combine(reproduce.Results, "check", "digits");
        Assert.Equal(13, (await File.ReadAllLinesAsync(Path.Combine(folder, "accuracies.csv"))).Length);
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(folder, "verdicts.csv"))).Length);
    }

    [Fact]
    public async Task Too_few_seeds_are_provisional_and_compare_is_no_gate()
    {
        Executable.Outcome few = await reproduce.Run([.. Check("competitive", 2), "--json"]);
        Assert.Equal(3, few.Code);
        JsonElement comparison = few.Json.GetProperty("comparisons")[0];
        Assert.False(few.Json.GetProperty("holds").GetBoolean());
        Assert.True(comparison.GetProperty("provisional").GetBoolean());
        Assert.Equal("ties", comparison.GetProperty("verdict").GetString());
        Assert.InRange(
            comparison.GetProperty("difference").GetDouble(),
            comparison.GetProperty("low").GetDouble(),
            comparison.GetProperty("high").GetDouble()
        );
        Executable.Outcome compare = await reproduce.Run(["compare", .. Check("competitive,random", 2)[1..]]);
        Assert.Equal((0, ""), (compare.Code, compare.Error));
        Assert.Contains("undecided (too few seeds)", compare.Output, StringComparison.Ordinal);
        Assert.Contains("use --seeds 6", compare.Output, StringComparison.Ordinal);
        Assert.Contains("4 from", compare.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_are_printed_and_as_JSON_without_any_results()
    {
        Assert.Contains(
            "there is no such folder",
            await reproduce.Fail(1, "claims", "--results", reproduce.Results),
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(reproduce.Results);
        Executable.Outcome text = await reproduce.Run("claims", "--results", reproduce.Results);
        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.Contains("NOT TESTABLE", text.Output, StringComparison.Ordinal);
        Executable.Outcome json = await reproduce.Run("claims", "--json", "--results", reproduce.Results);
        Assert.Contains(json.Json.EnumerateArray(), claim => claim.GetProperty("id").GetString() == "C2");
        Assert.Empty(Directory.GetFileSystemEntries(reproduce.Results));
    }

    private string[] Check(string rules, int seeds) =>
        [
            "check",
            "--rules",
            rules,
            "--widths",
            "16",
            "--seeds",
            $"{seeds}",
            "--limit",
            "3000",
            "--dataset",
            "digits",
            "--results",
            reproduce.Results,
        ];
}
