using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests what a spec's fields make of a run, and what of the run gets into its record.</summary>
public sealed class RunContentTests
{
    [Theory]
    [InlineData("random", "ridge")]
    [InlineData("competitive", "softmax")]
    [InlineData("backprop", "published")]
    public void A_limit_is_the_same_as_a_data_set_of_that_size(string rule, string probe)
    {
        Examples all = Toy.Set.Training.Examples;
        DataSet small = Toy.Set with { Training = new TrainingSplit(all.Take(120)) };
        RunSpec spec = Toy.Spec(rule, probe);
        RunRecord limited = Toy.Run(spec with { Limit = 120 }),
            cut = Toy.Run(spec, small);
        Assert.Equal(cut.Measures, limited.Measures);
        Assert.Equal(cut.Correct, limited.Correct);
        Assert.NotEqual(Toy.Run(spec).Measures, limited.Measures);
    }

    [Theory]
    [InlineData("competitive", true, 16)]
    [InlineData("competitive", false, 19)]
    [InlineData("backprop", true, 16)]
    [InlineData("backprop", false, 19)]
    public void Validation_samples_are_held_out_if_asked_and_measured_if_the_rule_sees_targets(
        string rule,
        bool holdsOut,
        int steps
    )
    {
        // 600 samples in batches of 32 are 19 steps; without the last hundred, 16.
        RunRecord record = Toy.Run(Toy.Spec(rule) with { Epochs = 1, HoldOutValidation = holdsOut });
        Assert.Equal(steps, record.Steps);
        Assert.Equal(holdsOut && rule == "backprop", record.Measures.ContainsKey(MeasureNames.ValidationAccuracy));
    }

    [Fact]
    public void Dropout_is_of_hidden_units_and_never_of_the_inputs()
    {
        RunSpec unsupervised = Toy.Spec("softhebb"),
            supervised = Toy.Spec("backprop");
        Assert.NotEqual(
            Toy.Run(supervised).Measures[MeasureNames.TestAccuracy],
            Toy.Run(supervised with { Dropout = 0.9 }).Measures[MeasureNames.TestAccuracy]
        );

        // Nothing but its input reaches the first layer of an unsupervised rule.
        string first = MeasureNames.Gini("hidden1", "end");
        Assert.Equal(
            Toy.Run(unsupervised).Measures[first],
            Toy.Run(unsupervised with { Dropout = 0.9 }).Measures[first]
        );
    }

    [Fact]
    public void Several_networks_are_recorded_as_the_mean_of_each_measure_and_curve()
    {
        RunSpec spec = Toy.Spec("backprop") with
        {
            Output = "identity",
            Targets = RunSpec.EachTarget,
            Epochs = 8,
            Diagnostics = 20,
        };
        RunRecord together = Toy.Run(spec);
        RunRecord[] alone = [.. Toy.Set.Targets.Select(target => Toy.Run(spec with { Targets = target }))];
        string measure = MeasureNames.Gini("hidden1", "end"),
            curve = MeasureNames.StepNorm("hidden1");
        Assert.Equal(alone.Average(record => record.Measures[measure]), together.Measures[measure], 1e-12);
        Assert.Equal(alone[0].Curves[curve].Steps, together.Curves[curve].Steps);
        Assert.NotEmpty(together.Curves[curve].Values);
        for (int i = 0; i < together.Curves[curve].Values.Length; i++)
        {
            Assert.Equal(
                alone.Average(record => record.Curves[curve].Values[i]),
                together.Curves[curve].Values[i],
                1e-12
            );
        }
    }

    [Fact]
    public void What_a_probe_found_and_which_neurons_moved_are_in_the_record()
    {
        RunRecord record = Toy.Run(Toy.Spec("competitive", "published", "ridge") with { Epochs = 4 });
        double[] predicted =
        [
            .. Enumerable.Range(0, 3).Select(k => record.Measures[MeasureNames.Probe("ridge", $"predicted.{k}")]),
        ];
        Assert.Equal(Toy.Set.Test.Examples.Count, predicted.Sum());
        Assert.Contains(MeasureNames.Probe("ridge", "penalty"), record.Measures.Keys);
        Assert.Contains(MeasureNames.Probe("published", "epochs"), record.Measures.Keys);
        Assert.Contains(MeasureNames.Probe("published", MeasureNames.TrainingLoss), record.Curves.Keys);
        Assert.DoesNotContain(MeasureNames.Probe("ridge", MeasureNames.TrainingLoss), record.Curves.Keys);
        Assert.All(
            new[] { "moving", "repeated", "ever" },
            kind => Assert.InRange(record.Measures[MeasureNames.Steps("hidden1", kind)], 0, 1)
        );
        Assert.Empty(Toy.Run(Toy.Spec("competitive") with { Snapshots = 0 }).Snapshots);
        Assert.Equal(["end", "step-1", "step-10", "step-3"], Toy.Run(Toy.Spec("competitive")).Snapshots.Keys);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Diagnostics_are_measured_as_often_as_asked(int interval)
    {
        RunRecord record = Toy.Run(Toy.Spec("backprop") with { Epochs = 10, Diagnostics = interval });
        int[] steps = record.Curves[MeasureNames.TrainingLoss].Steps;
        Assert.Equal(interval, steps[1] - steps[0]);
        Assert.Contains(MeasureNames.Alignment("hidden1", "cosine"), record.Curves.Keys);
        Assert.DoesNotContain(MeasureNames.Alignment("hidden1", "cosine"), Toy.Run(Toy.Spec("backprop")).Curves.Keys);
    }

    [Fact]
    public void A_regression_has_the_mean_of_its_outputs_errors_and_each_of_them()
    {
        DataSet arm = RobotArm.Generate(isNoisy: false);
        RunSpec spec = Toy.Rules["backprop"].Spec(RobotArm.Id, [8], 1, []) with { Limit = 400, Epochs = 1 };
        Assert.Equal("identity", spec.Output);
        RunRecord record = Toy.Run(spec, arm);
        double[] errors = [.. arm.Targets.Select(target => record.Measures[MeasureNames.TestErrorOf(target)])];
        Assert.Equal(7, errors.Distinct().Count());
        Assert.Equal(errors.Average(), record.Measures[MeasureNames.TestError], 1e-12);
    }

    [Fact]
    public void A_spec_of_a_rule_has_its_sources_set_up()
    {
        Assert.Equal("softmax", Toy.Rules["backprop"].Spec("mnist", [8], 1, []).Output);
        RunSpec kickback = Toy.Rules["kickback"].Spec("mnist", [8], 1, ["softmax", "ridge", "softmax"]);
        Assert.Equal(
            ("identity", RunSpec.EachTarget, "ridge,softmax"),
            (kickback.Output, kickback.Targets, string.Join(',', kickback.Probes))
        );
        Assert.Equal(
            "as-printed",
            Toy.Rules["competitive"]
                .Spec("mnist", [8], 1, [], new Dictionary<string, string> { ["mask"] = "as-printed" })
                .RuleOptions["mask"]
        );
    }
}
