using System.Text.Json;
using Reproduction.Statistics;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Results;

namespace Reproduction.Tests.Experiments;

public sealed class CompareCommandTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Check_exits_with_0_where_the_rule_is_better_and_with_3_where_it_is_not()
    {
        // On digits, 16 competitive neurons are far better than random ones, and 16 of HebbNet are not.
        Executable.Outcome good = await reproduce.Run(Check("competitive", "6"));
        Assert.Equal((0, ""), (good.Code, good.Error));
        Assert.EndsWith(
            "check: every rule is better than random projections everywhere\n",
            good.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("| better by at least 0.5 |", good.Output, StringComparison.Ordinal);
        Executable.Outcome bad = await reproduce.Run(Check("hebbnet,competitive", "6"));
        Assert.Equal((3, ""), (bad.Code, bad.Error));
        Assert.Contains("check: undecided, 1 of 2 could not be shown; ", bad.Output, StringComparison.Ordinal);
        Assert.Contains("Each of 2 intervals holds by itself, as all must agree", bad.Output, StringComparison.Ordinal);

        // Twenty points are shown, a hundred are not; the runs are those that are there.
        Executable.Outcome twenty = await reproduce.Run([.. Check("competitive", "6"), "--margin", "20"]);
        Assert.Contains("better by at least 20.00 points than random", twenty.Output, StringComparison.Ordinal);
        Assert.Contains("12 from", twenty.Output, StringComparison.Ordinal);
        Executable.Outcome hundred = await reproduce.Run([.. Check("competitive", "6"), "--margin", "100"]);
        Assert.Equal(3, hundred.Code);
        Assert.Contains("1 of 1 is not better by at least 100.00 points", hundred.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_lie_side_by_side_and_can_be_computed_anew()
    {
        Executable.Outcome both = await reproduce.Run(Compare("competitive,hebbnet", "--json"));
        Assert.Equal(0, both.Code);
        await reproduce.Run(Compare("competitive"));
        string[] folders = Directory.GetDirectories(Path.Combine(reproduce.Results, "compare", "digits"));
        Assert.Equal(2, folders.Length);

        // The same records give an arm the same difference whatever else is asked; its interval is wider among others.
        string folder = folders.Single(name => Path.GetFileName(name).Contains("hebbnet", StringComparison.Ordinal));
        Assert.Equal(Path.GetFileName(folder), both.Json.GetProperty("question").GetString());
        string alone = folders.Single(name => name != folder);
        DecisionRow among = Verdicts(folder)[0],
            single = Verdicts(alone)[0];
        Assert.Equal((among.Arm, among.Difference), (single.Arm, single.Difference));
        Assert.True(among.Low < single.Low && single.High < among.High);

        // From the saved samples alone: the mean difference, and a Student interval where seeds dominate.
        ResultTable<CorrectRow> correct = ResultTable<CorrectRow>.Load(alone, "correct");
        Dictionary<string, byte[]> bits = correct.Rows.ToDictionary(row => row.RunId, row => row.Bits);
        double[] differences =
        [
            .. from row in ResultTable<AccuracyRow>.Load(alone, "accuracies").Rows
            where !row.IsUntrained
            select (Right(bits[row.RunId]) - Right(bits[row.RandomRunId!])) / (double)single.Samples,
        ];
        Assert.Equal(4, differences.Length);
        Assert.Equal(differences.Average(), single.Difference!.Value, 1e-12);
        SeedInterval student = SeedInterval.Of(differences);
        Assert.InRange((single.High - single.Low)!.Value / (2 * student.HalfWidth), 0.9, 1.05);

        static int Right(byte[] samples) => samples.Sum(one => System.Numerics.BitOperations.PopCount(one));
    }

    [Fact]
    public async Task One_seed_decides_nothing_and_is_said_so_before_it_runs()
    {
        Executable.Outcome one = await reproduce.Run(Check("competitive", "1"));
        Assert.Equal(3, one.Code);
        Assert.StartsWith(
            "1 seed, 10,000 test samples, 1 comparison(s): one seed decides nothing; take --seeds 5 or more",
            one.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("| inconclusive (one seed) |", one.Output, StringComparison.Ordinal);
        Assert.EndsWith(
            "check: undecided, 1 of 1 could not be shown; 2 seeds or more would decide it\n",
            one.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Seeds_are_added_until_all_is_decided()
    {
        // A difference of 25 points is decided at the first look, after five seeds, whose level is 1 − .05·5/20.
        Executable.Outcome early = await reproduce.Run([
            .. Check("competitive", "auto"),
            "--max-seeds",
            "20",
            "--json",
        ]);
        Assert.Equal(0, early.Code);
        Assert.Equal(5, early.Json.GetProperty("seeds").GetArrayLength());
        Assert.Equal(0.9875, early.Json.GetProperty("level").GetDouble());

        // HebbNet's few points stay open to the end.
        Executable.Outcome late = await reproduce.Run([.. Check("hebbnet", "auto"), "--max-seeds", "8", "--json"]);
        Assert.Equal(3, late.Code);
        Assert.Equal(8, late.Json.GetProperty("seeds").GetArrayLength());
        Assert.Equal("inconclusive", late.Json.GetProperty("comparisons")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Arms_differ_in_settings_depth_and_layers_and_their_costs_are_shown()
    {
        Executable.Outcome outcome = await reproduce.Run(
            "compare",
            "--rules",
            "competitive, softhebb[temperature=0.5, batch=16],softhebb",
            "--hidden",
            "24,12",
            "--probe-layers",
            "all",
            "--seeds",
            "2",
            "--match",
            "steps",
            "--limit",
            "1000",
            "--dataset",
            "digits",
            "--results",
            reproduce.Results,
            "--figures",
            reproduce.Figures,
            "--json"
        );
        Assert.Equal(0, outcome.Code);
        JsonElement[] rows = [.. outcome.Json.GetProperty("comparisons").EnumerateArray()];
        Assert.Equal(
            [
                ("competitive", "hidden1", 24),
                ("competitive", "hidden2", 12),
                ("softhebb[temperature=0.5,batch=16]", "hidden1", 24),
                ("softhebb[temperature=0.5,batch=16]", "hidden2", 12),
                ("softhebb", "hidden1", 24),
                ("softhebb", "hidden2", 12),
            ],
            rows.Select(row =>
                (
                    row.GetProperty("rule").GetString()!,
                    row.GetProperty("layer").GetString()!,
                    row.GetProperty("units").GetInt32()
                )
            )
        );

        // 1000 samples are 32 steps a pass in batches of 32, and 63 in batches of 16: two passes of the others.
        JsonElement[] costs = [.. outcome.Json.GetProperty("costs").EnumerateArray()];
        Assert.Equal([64, 63, 64], costs.Select(cost => cost.GetProperty("steps").GetInt32()));
        Assert.Equal([2, 1, 2], costs.Select(cost => cost.GetProperty("epochs").GetInt32()));
        Assert.All(costs, cost => Assert.True(cost.GetProperty("multiplyAddsPerSample").GetDouble() > 784 * 24));
    }

    [Fact]
    public async Task Rates_and_initial_scales_are_searched_for_on_other_seeds()
    {
        Executable.Outcome outcome = await reproduce.Run([.. Compare("hebb"), "--search-rates", "--json"]);
        Assert.Equal(0, outcome.Code);

        // Five rates and five scales with two seeds each, then four pairs.
        Assert.Equal(28, Directory.GetFiles(Path.Combine(reproduce.Results, "runs"), "????????????????.json").Length);
        JsonElement cost = outcome.Json.GetProperty("costs")[0];
        double factor = cost.GetProperty("learningRate").GetDouble() / 0.05;
        Assert.Contains(QuestionRuns.Factors, one => Math.Abs(one - factor) < 1e-9);
        Assert.Contains(QuestionRuns.Factors, one => one == cost.GetProperty("initialScale").GetDouble());
    }

    private static IReadOnlyList<DecisionRow> Verdicts(string folder) =>
        ResultTable<DecisionRow>.Load(folder, "verdicts").Rows;

    private string[] Check(string rules, string seeds) => ["check", .. Asked(rules, seeds)];

    private string[] Compare(string rules, params string[] options) =>
        ["compare", .. Asked(rules, "4"), "--figures", reproduce.Figures, .. options];

    private string[] Asked(string rules, string seeds) =>
        [
            "--rules",
            rules,
            "--widths",
            "16",
            "--seeds",
            seeds,
            "--limit",
            "3000",
            "--dataset",
            "digits",
            "--results",
            reproduce.Results,
        ];
}
