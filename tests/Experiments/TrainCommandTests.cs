using System.Text.Json;

namespace Reproduction.Tests.Experiments;

public sealed class TrainCommandTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Json_is_one_object_with_the_promised_fields_and_the_run_is_stored()
    {
        string[] arguments =
        [
            "train",
            "--rule",
            "softhebb",
            "--dataset",
            "digits",
            "--hidden",
            "16",
            "--limit",
            "2000",
            "--probe",
            "ridge",
            "--probe",
            "published",
            "--json",
            "--results",
            reproduce.Results,
        ];
        Executable.Outcome first = await reproduce.Run(arguments);
        Assert.Equal(0, first.Code);
        JsonElement json = first.Json;
        Assert.Equal("softhebb", json.GetProperty("rule").GetString());
        Assert.Equal("digits", json.GetProperty("dataset").GetString());
        Assert.Equal(16, json.GetProperty("hidden")[0].GetInt32());
        Assert.Equal(1, json.GetProperty("seed").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("testAccuracy").ValueKind);
        Assert.InRange(
            json.GetProperty("probes").GetProperty("ridge").GetProperty("testAccuracy").GetDouble(),
            0.2,
            0.9
        );
        Assert.InRange(
            json.GetProperty("probes").GetProperty("published").GetProperty("testAccuracy").GetDouble(),
            0.1,
            0.9
        );
        Assert.Equal(
            10_000,
            json.GetProperty("probes")
                .GetProperty("ridge")
                .GetProperty("predictedCounts")
                .EnumerateArray()
                .Sum(count => count.GetInt32())
        );
        Assert.InRange(json.GetProperty("gini").GetProperty("start").GetDouble(), 0, 1);
        Assert.InRange(json.GetProperty("gini").GetProperty("end").GetDouble(), 0, 1);
        Assert.True(json.GetProperty("seconds").GetProperty("train").GetDouble() > 0);
        Assert.True(json.GetProperty("seconds").GetProperty("probe").GetDouble() > 0);
        string id = json.GetProperty("runId").GetString()!;
        Assert.True(File.Exists(Path.Combine(reproduce.Results, "runs", id + ".json")));
        JsonElement provenance = JsonDocument
            .Parse(File.ReadAllBytes(Path.Combine(reproduce.Results, "runs", id + ".provenance.json")))
            .RootElement;
        Assert.Equal(
            json.GetProperty("dataSetSha256").GetString(),
            provenance.GetProperty("dataSetSha256").GetString()
        );
        Assert.Contains(
            "SIMD",
            provenance.GetProperty("machines")[0].GetProperty("provider").GetString(),
            StringComparison.Ordinal
        );

        // The second time, the record is read and nothing is run.
        Executable.Outcome second = await reproduce.Run(arguments);
        Assert.Equal(first.Output, second.Output);
        Assert.Contains("read from there", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supervised_rule_has_an_accuracy_of_its_own_and_takes_several_layers_and_options()
    {
        Executable.Outcome outcome = await reproduce.Run(
            "train",
            "--rule",
            "backprop",
            "--dataset",
            "digits",
            "--hidden",
            "32,16",
            "--limit",
            "5000",
            "--epochs",
            "3",
            "--batch",
            "50",
            "--learning-rate",
            "0.003",
            "--optimizer",
            "adamw",
            "--norm",
            "layer",
            "--set",
            "loss=squared-error",
            "--seed",
            "5",
            "--json",
            "--results",
            reproduce.Results
        );
        Assert.Equal(0, outcome.Code);
        Assert.InRange(outcome.Json.GetProperty("testAccuracy").GetDouble(), 0.6, 1);

        // Three epochs of 4167 samples: the last sixth of 5000 is held out.
        Assert.Equal(3 * 84, outcome.Json.GetProperty("steps").GetInt32());
        Assert.Equal("layer", outcome.Json.GetProperty("spec").GetProperty("normalization").GetString());
        Assert.Equal(
            "squared-error",
            outcome.Json.GetProperty("spec").GetProperty("ruleOptions").GetProperty("loss").GetString()
        );
    }

    [Fact]
    public async Task Kickback_learns_a_regression_and_is_looked_at()
    {
        string[] arguments =
        [
            "train",
            "--rule",
            "kickback",
            "--dataset",
            "robot-arm",
            "--targets",
            "t1",
            "--hidden",
            "40,40",
            "--epochs",
            "3",
            "--diagnostics",
            "400",
            "--results",
            reproduce.Results,
        ];
        Executable.Outcome json = await reproduce.Run([.. arguments, "--json"]);
        Assert.InRange(json.Json.GetProperty("testNmse").GetDouble(), 0.01, 0.5);
        Assert.Equal(
            [1, 401, 801],
            json.Json.GetProperty("diagnostics")
                .GetProperty("coherence.hidden1.unit")
                .GetProperty("steps")
                .EnumerateArray()
                .Select(step => step.GetInt32())
        );
        Assert.Equal(
            3,
            json.Json.GetProperty("diagnostics").GetProperty("validationNmse").GetProperty("values").GetArrayLength()
        );
        Executable.Outcome text = await reproduce.Run(arguments);
        Assert.Contains("normalised test error", text.Output, StringComparison.Ordinal);
        Assert.Contains("cosine to backprop", text.Output, StringComparison.Ordinal);
        Assert.Contains("hidden2", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_that_diverges_says_where_and_what_to_do()
    {
        string error = await reproduce.Fail(
            1,
            "train",
            "--rule",
            "kickback",
            "--dataset",
            "robot-arm",
            "--targets",
            "t1",
            "--hidden",
            "50,50",
            "--optimizer",
            "sgd",
            "--learning-rate",
            "1000",
            "--results",
            reproduce.Results
        );
        Assert.Contains("diverged at step", error, StringComparison.Ordinal);
        Assert.Contains("lower --learning-rate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_vector_width_does_not_change_a_bit()
    {
        List<string> results = [],
            providers = [];
        foreach (
            (string name, string value) in new[] { ("", ""), ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX", "0") }
        )
        {
            using Executable narrow = new();
            if (name.Length > 0)
            {
                narrow.Environment[name] = value;
            }

            Executable.Outcome outcome = await narrow.Run(
                "train",
                "--rule",
                "softhebb",
                "--dataset",
                "digits",
                "--hidden",
                "100",
                "--limit",
                "1000",
                "--dropout",
                "0.5",
                "--norm",
                "layer",
                "--probe",
                "published",
                "--probe",
                "ridge",
                "--json",
                "--results",
                narrow.Results
            );
            Assert.Equal(0, outcome.Code);
            System.Text.Json.Nodes.JsonNode json = System.Text.Json.Nodes.JsonNode.Parse(outcome.Output)!;
            string provenance = Directory.GetFiles(Path.Combine(narrow.Results, "runs"), "*.provenance.json").Single();
            providers.Add(
                JsonDocument
                    .Parse(File.ReadAllBytes(provenance))
                    .RootElement.GetProperty("machines")[0]
                    .GetProperty("provider")
                    .GetString()!
            );
            json.AsObject().Remove("seconds");
            results.Add(json.ToJsonString());
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
        if (System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated)
        {
            Assert.Equal(3, providers.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_learning_rate_that_diverges_is_one_line_with_the_step_and_keeps_earlier_results()
    {
        string[] arguments =
        [
            "train",
            "--rule",
            "softhebb",
            "--dataset",
            "digits",
            "--hidden",
            "8",
            "--limit",
            "1000",
            "--results",
            reproduce.Results,
        ];
        Assert.Equal(0, (await reproduce.Run(arguments)).Code);
        string[] before = Directory.GetFiles(Path.Combine(reproduce.Results, "runs"));
        string error = await reproduce.Fail(1, [.. arguments, "--learning-rate", "1000", "--quiet"]);
        Assert.Contains("diverged at step ", error, StringComparison.Ordinal);
        Assert.Contains("--learning-rate (it was 1000)", error, StringComparison.Ordinal);
        Assert.All(before, file => Assert.True(File.Exists(file)));
    }
}
