namespace Reproduction.Tests.Experiments;

/// <summary>Tests the commands <c>claims</c> and <c>verify</c>.</summary>
public sealed class ClaimCommandTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

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

    [Fact]
    public async Task Verify_makes_only_the_runs_that_decide_a_claim_and_says_whether_it_comes_out_again()
    {
        string[] three = ["--seeds", "3", "--offline"];
        Executable.Outcome run = await reproduce.Run([
            "run",
            "kickback/activation-growth",
            "--dataset",
            "robot-arm",
            "--results",
            reproduce.Results,
            .. three,
        ]);
        Assert.Equal((0, ""), (run.Code, run.Error));
        string ledger = Path.Combine(reproduce.Results, "claims.csv"),
            elsewhere = Path.Combine(reproduce.Folder, "elsewhere");
        string[] verify = ["verify", "K1/growth/he-size", "--ledger", ledger, "--results", elsewhere, "--offline"];
        Executable.Outcome again = await reproduce.Run(verify);
        Assert.Equal((0, ""), (again.Code, again.Error));
        Assert.Contains("  came out again, with the same numbers", again.Output, StringComparison.Ordinal);
        int made = Runs(elsewhere);
        Assert.InRange(made, 1, Runs(reproduce.Results) - 1);

        // Saved tables and ledgers stay as they are, and finished runs are not made again.
        Assert.Equal(["runs"], Directory.GetFileSystemEntries(elsewhere).Select(Path.GetFileName));
        string rows = await File.ReadAllTextAsync(ledger);
        Assert.Contains(",reproduced,", rows, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            ledger,
            rows.Replace(",reproduced,", ",artefact of F99,", StringComparison.Ordinal)
        );
        Executable.Outcome other = await reproduce.Run(verify);
        Assert.Equal((3, ""), (other.Code, other.Error));
        Assert.Contains("  did not come out again", other.Output, StringComparison.Ordinal);
        Assert.Equal(made, Runs(elsewhere));

        static int Runs(string results) =>
            Directory.GetFiles(Path.Combine(results, "runs"), "????????????????.json").Length;
    }

    [Fact]
    public async Task A_claim_without_a_verdict_is_not_verified()
    {
        Executable.Outcome run = await reproduce.Run([
            "run",
            "kickback/alignment",
            "--dataset",
            "robot-arm",
            "--results",
            reproduce.Results,
            "--offline",
        ]);
        Assert.Equal(0, run.Code);
        Assert.Contains(
            "has no verdict on K3 to compare with; 'reproduce claims K3' says why",
            await reproduce.Fail(1, "verify", "K3", "--results", reproduce.Results, "--offline"),
            StringComparison.Ordinal
        );
    }
}
