using System.Text.Json;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;

namespace Reproduction.Tests.Evaluation;

public class RunSpecTests
{
    [Fact]
    public void The_id_is_a_function_of_every_value_and_of_nothing_else()
    {
        RunSpec spec = Toy.Rules["competitive"]
            .Spec("mnist", [32], 1, ["ridge", "published"], new Dictionary<string, string> { ["mask"] = "as-printed" });
        RunSpec same = Toy.Rules["competitive"]
            .Spec(
                "mnist",
                [32],
                1,
                ["published", "ridge", "ridge"],
                new Dictionary<string, string> { ["temperature"] = "1.0", ["mask"] = "as-printed" }
            );
        Assert.Equal(spec.RunId(), same.RunId());
        RunSpec[] others =
        [
            spec with
            {
                DataSet = "digits",
            },
            spec with
            {
                Hidden = [32, 32],
            },
            spec with
            {
                Seed = 2,
            },
            spec with
            {
                LearningRate = 0.1,
            },
            spec with
            {
                Epochs = 2,
            },
            spec with
            {
                Batch = 64,
            },
            spec with
            {
                HoldOutValidation = true,
            },
            spec with
            {
                Dropout = 0.5,
            },
            spec with
            {
                Activation = "triangle",
            },
            spec with
            {
                Limit = 100,
            },
            spec with
            {
                Snapshots = 1,
            },
            spec with
            {
                Control = "shuffled",
            },
            spec with
            {
                Pixels = Reproduction.Data.PixelScaling.Mnist,
            },
            spec with
            {
                Probes = [],
            },
            spec with
            {
                Targets = "each",
            },
            spec with
            {
                Diagnostics = 5,
            },
            spec with
            {
                NormalizesInput = false,
            },
            spec with
            {
                RuleOptions = new()
                {
                    ["mask"] = "as-coded",
                    ["mean-decay"] = "0.95",
                    ["temperature"] = "1",
                },
            },
        ];
        Assert.Equal(others.Length + 1, others.Append(spec).Select(other => other.RunId()).Distinct().Count());
    }

    [Fact]
    public void The_canonical_JSON_is_stable()
    {
        // Changing this text makes every stored run unknown: that must be a decision.
        Assert.Equal(
            """
            {"version":4,"dataSet":"mnist","holdOutValidation":false,"hidden":[32],"activation":"relu",
            "output":"softmax","initialization":"hebbian","rule":"hebbnet","optimizer":"sgd","learningRate":0.05,
            "constraint":"unit-rows","epochs":1,"batch":32,"seed":7,"probes":["ridge"]}
            """.ReplaceLineEndings(""),
            Toy.Rules["hebbnet"].Spec("mnist", [32], 7, ["ridge"]).ToJson()
        );
    }

    [Fact]
    public void What_is_at_its_default_is_left_out_so_that_a_new_option_renames_no_run()
    {
        RuleDescription rule = Toy.Rules["hebbnet"];
        RunSpec spec = rule.Spec("mnist", [32], 7, ["ridge"]);
        Dictionary<string, string> defaults = new() { ["sparsity"] = "0.8" },
            other = new() { ["sparsity"] = "0.7" };
        Assert.Equal(spec.RunId(), rule.Spec("mnist", [32], 7, ["ridge"], defaults).RunId());
        Assert.Contains(
            "\"ruleOptions\":{\"sparsity\":\"0.7\"}",
            rule.Spec("mnist", [32], 7, ["ridge"], other).ToJson(),
            StringComparison.Ordinal
        );
        Assert.Equal(spec.RunId(), (spec with { Control = "none", Limit = 0, Frozen = false }).RunId());
    }

    [Fact]
    public void A_spec_survives_JSON_and_unknown_keys_are_errors()
    {
        RunSpec spec = Toy.Spec("softhebb", "ridge");
        Assert.Equal(spec.ToJson(), JsonSerializer.Deserialize<RunSpec>(spec.ToJson(), RunJson.Options)!.ToJson());
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize<RunSpec>(
                spec.ToJson().Replace("\"batch\"", "\"batchSize\"", StringComparison.Ordinal),
                RunJson.Options
            )
        );
    }

    public static TheoryData<string, string> BadOptions =>
        new()
        {
            { "temperature=0", "number above 0" },
            { "temperature=abc", "number above 0" },
            { "temperature=NaN", "number above 0" },
            { "mean-decay=1.5", "number from 0 to 1" },
            { "mask=none", "as-coded | as-printed | anti-hebbian" },
            { "mask=0", "as-coded | as-printed | anti-hebbian" },
            { "sparsity=0.5", "there are: temperature, mean-decay, mask" },
        };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void A_rule_option_that_makes_no_sense_is_refused_with_what_would(string setting, string expected)
    {
        string[] parts = setting.Split('=');
        SpecificationException exception = Assert.Throws<SpecificationException>(() =>
            Toy.Rules["competitive"].Create(new Dictionary<string, string> { [parts[0]] = parts[1] })
        );
        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_of_every_rule_takes_its_own_default()
    {
        foreach (RuleDescription rule in Toy.Rules.Rules)
        {
            rule.Create(rule.Options.ToDictionary(option => option.Name, option => option.Default));
        }
    }
}
