using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Experiments.CompetitiveHebbian;
using Reproduction.Experiments.Families;
using Reproduction.Network;
using Reproduction.Numerics;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Results;
using Reproduction.Studies.Shards;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests rules from outside the suite with the real executable.</summary>
public sealed class PluginTests : IDisposable
{
    private readonly Executable reproduce = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("plugin-");

    public void Dispose()
    {
        reproduce.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Activations_data_sets_probes_and_instruments_of_a_plugin_are_used_as_any_other()
    {
        JsonElement run = (
            await reproduce.Run(
                "train",
                "--plugin",
                SamplePlugin.HarnessFile,
                "--rule",
                "backprop",
                "--dataset",
                "sample-rings",
                "--activation",
                "sample-cubic",
                "--probe",
                "sample-nearest-mean",
                "--probe",
                "ridge",
                "--instrument",
                "sample-silence",
                "--hidden",
                "30",
                "--epochs",
                "20",
                "--learning-rate",
                "0.01",
                "--results",
                reproduce.Results,
                "--json"
            )
        ).Json;
        Assert.InRange(run.GetProperty("testAccuracy").GetDouble(), 0.95, 1);
        double nearest = run.GetProperty("probes")
            .GetProperty("sample-nearest-mean")
            .GetProperty("testAccuracy")
            .GetDouble();
        Assert.InRange(nearest, 0.55, 0.99);
        Assert.Equal(0, run.GetProperty("notes").GetProperty("silent").GetProperty("end").GetDouble());

        Executable.Outcome laws = await reproduce.Run("conformance", "--plugin", SamplePlugin.HarnessFile);
        Assert.Contains(
            "conformance: 4 of 4 other part(s) of plugins keep all their laws",
            laws.Output,
            StringComparison.Ordinal
        );
        string unknown = await reproduce.Fail(
            2,
            "train",
            "--rule",
            "backprop",
            "--dataset",
            "digits",
            "--activation",
            "sample-cubic",
            "--results",
            reproduce.Results
        );
        Assert.Contains("unknown activation 'sample-cubic'", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_the_gallery_needs_no_plugin_to_be_named()
    {
        JsonElement run = (
            await reproduce.Run(
                "train",
                "--rule",
                "equilibrium-propagation",
                "--dataset",
                "digits",
                "--limit",
                "600",
                "--hidden",
                "20",
                "--results",
                reproduce.Results,
                "--json"
            )
        ).Json;
        Assert.Equal("hard-sigmoid", run.GetProperty("spec").GetProperty("activation").GetString());
        Executable.Outcome rules = await reproduce.Run("rules");
        Assert.Contains("gallery, loaded when it is named: bcm", rules.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugins_rule_is_listed_trained_and_compared_as_any_other()
    {
        Executable.Outcome rules = await reproduce.Run("rules", "--plugin", SamplePlugin.File);
        Assert.Contains(
            "sample-hebb: Hebb's rule\n  sample; Hebb 1949\n",
            rules.Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--set strength=1  scale of the step (a number of at least 0)",
            rules.Output,
            StringComparison.Ordinal
        );
        string[] train =
        [
            "train",
            "--plugin",
            SamplePlugin.File,
            "--rule",
            "sample-hebb",
            "--dataset",
            "digits",
            "--limit",
            "600",
            "--hidden",
            "20",
            "--results",
            reproduce.Results,
            "--json",
        ];
        double one = (await reproduce.Run(train))
            .Json.GetProperty("probes")
            .GetProperty("ridge")
            .GetProperty("testAccuracy")
            .GetDouble();
        double two = (await reproduce.Run([.. train, "--set", "strength=100"]))
            .Json.GetProperty("probes")
            .GetProperty("ridge")
            .GetProperty("testAccuracy")
            .GetDouble();
        Assert.InRange(one, 0.12, 1);
        Assert.NotEqual(one, two);
        Executable.Outcome compare = await reproduce.Run(
            "compare",
            "--plugin",
            SamplePlugin.File,
            "--rules",
            "sample-hebb,competitive",
            "--dataset",
            "digits",
            "--limit",
            "600",
            "--widths",
            "20",
            "--seeds",
            "1",
            "--results",
            reproduce.Results
        );
        Assert.Equal(0, compare.Code);
        Assert.Contains("| sample-hebb | 20 units |", compare.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(RandomProjections))]
    [InlineData(typeof(FamilyComparison))]
    public void A_plugins_rule_takes_part_in_comparisons_and_the_papers_own_rows_stay_as_they_are(Type type)
    {
        Experiment experiment = (Experiment)Activator.CreateInstance(type)!;
        IReadOnlyList<IResultTable> Tables(RuleCatalog rules)
        {
            ExperimentPlan plan = new("digits", Profile.Quick, [1, 2], rules);
            return experiment.Assemble([.. experiment.Runs(plan).Select(planned => planned.Measured(Made(planned)))]);
        }

        IReadOnlyList<IResultTable> without = Tables(RuleCatalog.BuiltIn()),
            with = Tables(RuleCatalog.With([SamplePlugin.File]));
        ResultTable<DecisionRow> decided = with.OfType<ResultTable<DecisionRow>>().Single(),
            decidedWithout = without.OfType<ResultTable<DecisionRow>>().Single();
        DecisionRow[] own = [.. decided.Rows.Where(row => row.Arm == "sample-hebb" && row.Probe == "ridge")];
        Assert.NotEmpty(own);
        Assert.All(own, row => Assert.Equal(0.125, row.Difference!.Value, 1e-9));
        Assert.DoesNotContain(Lines(decidedWithout), IsSamples);

        // The plugin's runs and their baselines add their own rows and change no others.
        string[] added = [.. Lines(with[0]).Except(Lines(without[0]))];
        Assert.All(added, line => Assert.Contains("sample-", line, StringComparison.Ordinal));
        Assert.Equal(Lines(without[0]), Lines(with[0]).Except(added));

        // The verdicts on the suite's own rules do not change either.
        Assert.Equal(Lines(decidedWithout), Lines(decided).Where(line => !IsSamples(line)));

        static RunRecord Made(PlannedRun planned)
        {
            RunRecord record = MadeUp.Record(planned.Spec);
            foreach (string probe in record.Spec.Probes)
            {
                byte right = (byte)(record.Spec.Rule == "sample-hebb" ? 3 : 1);
                record.Correct[probe] = [.. Enumerable.Repeat(right, 5)];
                record.Measures[MeasureNames.Probe(probe, "predicted.0")] = 40;
            }

            return record;
        }

        static bool IsSamples(string line) => line.StartsWith("sample-", StringComparison.Ordinal);

        static string[] Lines(IResultTable table) => Encoding.UTF8.GetString(table.ToCsv()).Split('\n');
    }

    [Fact]
    public async Task A_rule_that_breaks_down_is_one_line_and_the_others_go_on()
    {
        Executable.Outcome compare = await reproduce.Run(
            "compare",
            "--plugin",
            SamplePlugin.File,
            "--rules",
            "sample-thrower,sample-shape,sample-nan,competitive",
            "--dataset",
            "digits",
            "--limit",
            "600",
            "--widths",
            "20",
            "--seeds",
            "2",
            "--results",
            reproduce.Results
        );
        Assert.Equal(1, compare.Code);
        string[] lines = compare.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains("SamplePlugin.dll: two rules have the id backprop:", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "error: rule sample-shape of SamplePlugin failed at step 1: ArgumentException: Matrix "
                + "dimensions must agree",
            lines[1],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "error: rule sample-thrower of SamplePlugin failed at step 1: InvalidOperationException: boom",
            lines[2],
            StringComparison.Ordinal
        );
        Assert.Contains("| competitive | 20 units | 2 |", compare.Output, StringComparison.Ordinal);
        Assert.Contains(
            "sample-nan at 20 units: 2 run(s) diverged; a rule that diverges is not better.",
            compare.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            1 + 2 + 2 + 2,
            (
                await File.ReadAllLinesAsync(
                    Directory
                        .GetFiles(
                            Path.Combine(reproduce.Results, "compare"),
                            "accuracies.csv",
                            SearchOption.AllDirectories
                        )
                        .Single()
                )
            ).Length
        );
        Executable.Outcome train = await reproduce.Run(
            "train",
            "--plugin",
            SamplePlugin.File,
            "--rule",
            "sample-thrower",
            "--dataset",
            "digits",
            "--limit",
            "200",
            "--results",
            reproduce.Results
        );
        Assert.Equal(1, train.Code);
        Assert.Contains(
            "error: rule sample-thrower of SamplePlugin failed at step 1: InvalidOperationException: boom",
            train.Error,
            StringComparison.Ordinal
        );

        // The command conformance names the bad rules too, and it fails if a plugin cannot be loaded.
        Executable.Outcome laws = await reproduce.Run("conformance", "--plugin", SamplePlugin.File);
        Assert.Equal(3, laws.Code);
        Assert.Contains(
            "sample-nan breaks 'finite': two hidden layers of 8 and 6 units, batches of 16: step 1 "
                + "proposes NaN as entry 0 of the weights of layer 1",
            laws.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "sample-shape breaks 'any-shape': one hidden unit: ArgumentException at step 1: Matrix "
                + "dimensions must agree",
            laws.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "sample-thrower breaks 'deterministic': InvalidOperationException: boom",
            laws.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("conformance: 1 of 5 rule(s) keep all 11 laws", laws.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await reproduce.Run("conformance", "--plugin", "nothing.dll")).Code);
        Assert.Equal(
            0,
            (await reproduce.Run("conformance", "--rules", "influence-hebb", "--set", "influence=noise")).Code
        );
        Assert.Contains(
            "--set belongs to one rule",
            await reproduce.Fail(2, "conformance", "--set", "a=b"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_comparison_of_which_every_run_diverges_can_be_drawn_and_reported()
    {
        string[] compare =
        [
            "compare",
            "--plugin",
            SamplePlugin.File,
            "--rules",
            "sample-nan",
            "--dataset",
            "digits",
            "--limit",
            "200",
            "--widths",
            "8",
            "--seeds",
            "2",
        ];
        Executable.Outcome outcome = await reproduce.Run([.. compare, "--results", reproduce.Results]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains(
            "found: 0 of 1 are better than random projections, 0 worse, 1 inconclusive",
            outcome.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(0, (await reproduce.Run("report", "--results", reproduce.Results)).Code);
    }

    [Fact]
    public async Task A_rule_that_does_not_repeat_a_seed_is_named_and_passes_no_gate()
    {
        string[] options =
        [
            "--plugin",
            SamplePlugin.File,
            "--rules",
            "sample-unseeded,sample-hebb",
            "--dataset",
            "digits",
            "--limit",
            "600",
            "--widths",
            "20",
            "--seeds",
            "2",
            "--results",
            reproduce.Results,
        ];
        Executable.Outcome compare = await reproduce.Run(["compare", .. options]);
        Assert.Equal(0, compare.Code);
        Assert.Contains(
            "warning: rule sample-unseeded gives other numbers when the same seed is run again",
            compare.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("rule sample-hebb gives", compare.Output, StringComparison.Ordinal);

        // Runs are counted of a total, and the two untrained networks of a width are told apart.
        Assert.Contains("[6/6] ", compare.Output, StringComparison.Ordinal);
        Assert.Contains("random 20 relu hebbian digits seed 1", compare.Output, StringComparison.Ordinal);
        Assert.Contains(
            "found: 0 of 2 are better than random projections, 0 worse, 2 inconclusive",
            compare.Output,
            StringComparison.Ordinal
        );
        Executable.Outcome check = await reproduce.Run(["check", .. options, "--json"]);
        Assert.Equal(3, check.Code);
        Assert.Equal("sample-unseeded", check.Json.GetProperty("unrepeatable")[0].GetString());
        Assert.Contains(
            "check: does not hold, some rules do not repeat a seed",
            (await reproduce.Run(["check", .. options])).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plugins_rule_that_breaks_down_leaves_an_experiment_its_other_arms()
    {
        await KnownRuns.CopyTo(reproduce.Results);
        Executable.Outcome run = await reproduce.Run(
            "run",
            "is-it-learning",
            "--plugin",
            SamplePlugin.File,
            "--dataset",
            "digits",
            "--results",
            reproduce.Results
        );
        Assert.Equal(1, run.Code);
        Assert.Contains(
            "error: rule sample-thrower of SamplePlugin failed at step 1: InvalidOperationException: boom",
            run.Error,
            StringComparison.Ordinal
        );
        Executable.Outcome figures = await reproduce.Run(
            "figures",
            "is-it-learning",
            "--results",
            reproduce.Results,
            "--figures",
            reproduce.Figures
        );
        Assert.Equal((0, ""), (figures.Code, figures.Error));
        Assert.Contains("| sample-hebb | relu |", figures.Output, StringComparison.Ordinal);
        Assert.Matches(@"\| sample-nan \| relu \| 1 × 128 \| [0-9.]+ \| diverged \|", figures.Output);
        Assert.DoesNotContain("sample-thrower", figures.Output, StringComparison.Ordinal);
        Assert.Contains("| backprop | relu |", figures.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plugins_in_the_folder_are_known_by_their_rules_and_loaded_only_when_one_is_named()
    {
        string plugins = Path.Combine(reproduce.Folder, "plugins", "sample");
        Directory.CreateDirectory(plugins);
        foreach (string file in Directory.EnumerateFiles(SamplePlugin.Folder, "*.dll"))
        {
            File.Copy(file, Path.Combine(plugins, Path.GetFileName(file)));
        }

        // Loading the plugin would print a warning, because one of its rules has an id that is taken.
        Executable.Outcome rules = await reproduce.Run("rules"),
            named = await reproduce.Run("rules", "--plugin", "plugins");
        Assert.Equal((0, ""), (rules.Code, rules.Error));
        Assert.Contains(
            $"sample-hebb: in {Path.Combine("plugins", "sample", "SamplePlugin.dll")}, not loaded until it is named",
            rules.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Hebb's rule\n  sample;", rules.Output, StringComparison.Ordinal);
        Assert.Contains("sample-hebb: Hebb's rule", named.Output, StringComparison.Ordinal);
        Assert.Single(named.Error.TrimEnd('\n').Split('\n'));
        string[] train =
        [
            "train",
            "--dataset",
            "digits",
            "--limit",
            "200",
            "--hidden",
            "4",
            "--results",
            reproduce.Results,
            "--rule",
        ];
        Executable.Outcome asked = await reproduce.Run([.. train, "sample-hebb"]);
        Assert.Equal(0, asked.Code);
        Assert.StartsWith(
            $"warning: plugin {Path.Combine("plugins", "sample", "SamplePlugin.dll")}: two rules have the "
                + "id backprop: ",
            asked.Error,
            StringComparison.Ordinal
        );
        Assert.Equal((0, ""), (await reproduce.Run([.. train, "oja"])) is { } own ? (own.Code, own.Error) : default);
        Assert.Contains(
            "there are: backprop, ",
            await reproduce.Fail(2, [.. train, "sample-nothing"]),
            StringComparison.Ordinal
        );
        Assert.Equal(
            0,
            (
                await reproduce.Run(
                    "compare",
                    "--rules",
                    "sample-hebb",
                    "--dataset",
                    "digits",
                    "--limit",
                    "200",
                    "--widths",
                    "4",
                    "--seeds",
                    "1",
                    "--results",
                    reproduce.Results,
                    "--figures",
                    reproduce.Figures
                )
            ).Code
        );
        Assert.Contains(
            "is a folder without plugins",
            (await reproduce.Run("rules", "--plugin", reproduce.Results)).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_plan_of_shares_has_the_rules_of_plugins_that_they_had_whatever_else_is_loaded()
    {
        ShardPlan with = new()
        {
            Experiments = ["target-propagation/families"],
            Profile = Profile.Quick,
            DataSet = "digits",
            DataSetSha256 = new string('a', 64),
            TrainingSamples = 60_000,
            Seeds = [1],
            Plugged = ["sample-hebb"],
        };
        ShardPlan without = with with { Plugged = [] };
        RuleCatalog named = RuleCatalog.With([SamplePlugin.File]);
        string[] RulesOf(ShardPlan plan) =>
            [
                .. plan.ToPlan(named)
                    .AllRules.Select(rule => rule.Id)
                    .Where(id => id.StartsWith("sample-", StringComparison.Ordinal)),
            ];
        Assert.Equal(["sample-hebb"], RulesOf(with));
        Assert.Empty(RulesOf(without));
        Assert.Contains(
            "rule sample-hebb: the shards had it from a plugin, which is to be named with --plugin",
            Assert.Throws<ResultsException>(() => with.ToPlan(RuleCatalog.BuiltIn())).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_plugin_named_twice_is_one_and_what_lies_beside_it_decides_with_it_whether_a_stored_run_is_made_again()
    {
        string Copied(string name)
        {
            DirectoryInfo copy = folder.CreateSubdirectory(name);
            foreach (string file in Directory.EnumerateFiles(SamplePlugin.Folder, "*.dll"))
            {
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            }

            return Path.Combine(copy.FullName, "SamplePlugin.dll");
        }

        string one = Copied("one"),
            other = Copied("other");
        RuleCatalog both = RuleCatalog.With([one, other]);
        Assert.Equal(5, both.Plugged.Count);
        Assert.Single(both.Problems);
        string before = CodeFingerprint.Of(RuleCatalog.With([one])["sample-hebb"], []);
        Assert.Equal(before, CodeFingerprint.Of(RuleCatalog.With([other])["sample-hebb"], []));
        using (
            FileStream helper = File.Open(
                Path.Combine(folder.FullName, "other", "SampleDependency.dll"),
                FileMode.Append
            )
        )
        {
            helper.WriteByte(0);
        }

        Assert.NotEqual(before, CodeFingerprint.Of(RuleCatalog.With([other])["sample-hebb"], []));
    }

    [Theory]
    [InlineData(
        typeof(ThrowsWhenMade),
        "rule throws-when-made (Reproduction.Tests.Experiments.PluginTests+ThrowsWhenMade of Reproduction.Tests) "
            + "cannot be made: InvalidOperationException: boom"
    )]
    [InlineData(typeof(ThrowsWhenAsked), "cannot be made: InvalidOperationException: ask me later")]
    [InlineData(
        typeof(BadId),
        "rule 'Bad Id' (Reproduction.Tests.Experiments.PluginTests+BadId): an id is lower-case letters, "
            + "digits and hyphens"
    )]
    public void A_rule_that_cannot_be_made_is_one_line_that_names_it(Type type, string expected)
    {
        SpecificationException exception = Assert.Throws<SpecificationException>(() =>
            new SingleRule(type, type.GetCustomAttribute<LearningRuleAttribute>()!)
        );
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_with_the_name_of_a_parts_own_is_refused_in_a_mixed_network()
    {
        SingleRule rule = new(typeof(OwnRate), typeof(OwnRate).GetCustomAttribute<LearningRuleAttribute>()!);
        Assert.Equal(
            "--rule hidden=own-rate: own-rate has an option named learning-rate, as every part of a mixed network has; "
                + "rename the rule's",
            Assert.Throws<SpecificationException>(() => MixedRule.Parse("hidden=own-rate", _ => rule)).Message
        );
    }

    /// <summary>A rule that proposes nothing.</summary>
    private abstract class Idle : ILearningRule
    {
        public virtual Supervision Supervision => Supervision.None;

        public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

        public void Propose(LearningStep step, Proposal proposal) { }
    }

    [LearningRule("throws-when-made", Summary = "", Family = "", Source = "")]
    private sealed class ThrowsWhenMade : Idle
    {
        public ThrowsWhenMade() => throw new InvalidOperationException("boom");
    }

    [LearningRule("throws-when-asked", Summary = "", Family = "", Source = "")]
    private sealed class ThrowsWhenAsked : Idle
    {
        public override Supervision Supervision => throw new InvalidOperationException("ask me later");
    }

    [LearningRule("own-rate", Summary = "", Family = "", Source = "")]
    private sealed class OwnRate(OwnRateOptions options) : Idle
    {
        public double Rate { get; } = options.LearningRate;
    }

    private sealed record OwnRateOptions
    {
        [RuleOption("a rate of the rule's own")]
        public double LearningRate { get; init; } = 1;
    }

    [LearningRule("Bad Id", Summary = "", Family = "", Source = "")]
    private sealed class BadId : Idle;

    [Fact]
    public async Task What_cannot_be_loaded_is_said_in_one_line_and_the_suites_own_rules_stay()
    {
        async Task Says(string file, string expected)
        {
            Executable.Outcome rules = await reproduce.Run("rules", "--plugin", file);
            Assert.Equal(0, rules.Code);
            Assert.Equal($"warning: plugin {file}: {expected}", rules.Error.TrimEnd());
            Assert.Contains("competitive: ", rules.Output, StringComparison.Ordinal);
        }

        await Says(Path.Combine(folder.FullName, "nothing.dll"), "there is no such file");
        await Says(folder.FullName, "is a folder without plugins; name the .dll, or the folder it lies in");
        string text = Path.Combine(folder.FullName, "text.dll");
        await File.WriteAllTextAsync(text, "no assembly");
        await Says(text, "is no .NET assembly");
        await Says(
            Path.Combine(SamplePlugin.Folder, "SampleDependency.dll"),
            "has no learning rule: it does not use Reproduction.Network"
        );
        await Says(
            Old(Path.Combine(folder.FullName, "old.dll"), new Version(9, 7, 0, 0)),
            "was built against version 9.7 of Reproduction.Network, this suite has 0.3; build it again against that"
        );
        string alone = Path.Combine(folder.FullName, "SamplePlugin.dll");
        File.Copy(SamplePlugin.File, alone);
        Executable.Outcome missing = await reproduce.Run(
            "train",
            "--plugin",
            alone,
            "--rule",
            "sample-hebb",
            "--dataset",
            "digits",
            "--limit",
            "200",
            "--results",
            reproduce.Results
        );
        Assert.Equal(1, missing.Code);
        Assert.Contains(
            "error: rule sample-hebb of SamplePlugin failed at step 1: FileNotFoundException: Could not "
                + "load file or assembly 'SampleDependency",
            missing.Error,
            StringComparison.Ordinal
        );
        string unknown = await reproduce
            .Run("train", "--plugin", text, "--rule", "mine", "--dataset", "digits")
            .ContinueWith(run => run.Result.Error, TaskScheduler.Default);
        Assert.Contains($"error: unknown rule 'mine'; there are: ", unknown, StringComparison.Ordinal);
        Assert.Contains($"; plugin {text}: is no .NET assembly", unknown, StringComparison.Ordinal);
    }

    /// <summary>Makes an assembly that only refers to another version of the contract.</summary>
    private static string Old(string file, Version version)
    {
        MetadataBuilder metadata = new();
        metadata.AddModule(0, metadata.GetOrAddString("old.dll"), metadata.GetOrAddGuid(Guid.Empty), default, default);
        metadata.AddAssembly(
            metadata.GetOrAddString("old"),
            new Version(1, 0, 0, 0),
            default,
            default,
            default,
            default
        );
        metadata.AddAssemblyReference(
            metadata.GetOrAddString("Reproduction.Network"),
            version,
            default,
            default,
            default,
            default
        );
        metadata.AddTypeDefinition(
            default,
            default,
            metadata.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        BlobBuilder content = new();
        new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(),
            new MetadataRootBuilder(metadata),
            new BlobBuilder()
        ).Serialize(content);
        using FileStream stream = File.Create(file);
        content.WriteContentTo(stream);
        return file;
    }
}
