using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

/// <summary>What a rule is handed besides the forward pass, and what the harness does with its parameters.</summary>
public sealed class ContractTests
{
    [Fact]
    public void A_step_says_where_in_the_training_it_lies_and_at_which_rate()
    {
        Watch watch = Trained(
            new TrainingPlan(3, 40, OptimizerKind.Sgd, 0.5, WeightConstraint.None)
            {
                Schedule = RateSchedule.Parse("linear"),
            }
        );
        Assert.Equal(9, watch.Seen.Count);
        Assert.Equal(Enumerable.Range(1, 9), watch.Seen.Select(step => step.Step));
        Assert.Equal([1, 1, 1, 2, 2, 2, 3, 3, 3], watch.Seen.Select(step => step.Epoch));
        Assert.All(watch.Seen, step => Assert.Equal((3, 3), (step.StepsPerEpoch, step.Epochs)));
        for (int i = 0; i < 9; i++)
        {
            Assert.Equal(0.5 * (1 - (i / 9.0)), watch.Seen[i].LearningRate, 1e-12);
        }
    }

    [Theory]
    [InlineData("constant", 0.7, 9, 1)]
    [InlineData("linear", 0.25, 1, 0.75)]
    [InlineData("cosine", 0.5, 1, 0.5)]
    [InlineData("cosine", 0, 1, 1)]
    [InlineData("step:0.25@50/75", 0, 50, 1)]
    [InlineData("step:0.25@50/75", 0, 51, 0.25)]
    [InlineData("step:0.25@50/75", 0, 76, 0.0625)]
    public void A_schedule_multiplies_the_rate(string name, double share, int epoch, double expected) =>
        Assert.Equal(expected, RateSchedule.Parse(name).At(share, epoch), 1e-12);

    [Theory]
    [InlineData("exponential")]
    [InlineData("step:2@5")]
    [InlineData("step:0.5")]
    [InlineData("step:0.5@0")]
    [InlineData("step:0.5@1/x")]
    public void An_unknown_schedule_is_one_line(string name) =>
        Assert.Contains(
            $"--schedule {name}: constant, linear, cosine, or step:",
            Assert.Throws<SpecificationException>(() => RateSchedule.Parse(name)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_schedule_scales_the_steps_that_are_taken()
    {
        // The rule proposes 1 everywhere, so the weights move by the sum of the rates.
        Watch watch = new();
        FeedForwardNetwork network = Network();
        Matrix<float> before = network.Layers[0].Weights.Clone();
        Train(
            watch,
            network,
            new TrainingPlan(2, 60, OptimizerKind.Sgd, 0.1, WeightConstraint.None)
            {
                Schedule = RateSchedule.Parse("step:0.5@1"),
            }
        );
        Assert.Equal(0.1 + 0.1 + 0.05 + 0.05, (network.Layers[0].Weights - before)[0, 0], 1e-6);
    }

    [Fact]
    public void A_parameter_is_drawn_from_its_own_stream_optimised_constrained_measured_and_kept()
    {
        FeedForwardNetwork network = Network();
        Watch watch = new();
        RuleParameters parameters = RuleParameters.Draw(watch, network, new RandomStreams(7));
        float[] expected = new float[6];
        RandomStream.Create(7, "parameter/helper").FillNormal(expected, 2);
        Assert.Equal(expected, parameters["helper"].ToColumnMajorArray());
        Assert.Equal(1f, parameters["fixed"][1, 1]);

        Train(watch, network, new TrainingPlan(1, 100, OptimizerKind.Sgd, 0.5, WeightConstraint.None), parameters);

        // One step of ½·1, then rows of norm 1.
        Matrix<float> moved = Matrix<float>.Build.Dense(2, 3, expected).Add(0.5f);
        for (int row = 0; row < 2; row++)
        {
            double norm = moved.Row(row).L2Norm();
            for (int column = 0; column < 3; column++)
            {
                Assert.Equal(moved[row, column] / norm, parameters["helper"][row, column], 1e-5);
            }
        }

        Assert.Equal(1f, parameters["fixed"][0, 0]);
    }

    [Fact]
    public void Names_and_shapes_of_parameters_are_checked()
    {
        FeedForwardNetwork network = Network();
        Assert.Contains(
            "two parameters are named twin",
            Refused(new ParameterDeclaration("twin", 1, 1, ParameterDraw.Zero), 2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "parameter none is 0×1",
            Refused(new ParameterDeclaration("none", 0, 1, ParameterDraw.Zero), 1),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "serves layer 9",
            Refused(new ParameterDeclaration("high", 1, 1, ParameterDraw.Zero) { Layer = 9 }, 1),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there is no parameter 'x'; declared are: none",
            Assert.Throws<ArgumentException>(() => new Proposal(network).For("x")).Message,
            StringComparison.Ordinal
        );

        string Refused(ParameterDeclaration declared, int times) =>
            Assert
                .Throws<ArgumentException>(() =>
                    RuleParameters.Draw(
                        new Declaring([.. Enumerable.Repeat(declared, times)]),
                        network,
                        new RandomStreams(1)
                    )
                )
                .Message;
    }

    [Fact]
    public void A_run_measures_and_keeps_the_parameters_of_its_rule()
    {
        RunSpec spec = Toy.WithGallery["feedback-alignment"].Spec("toy", [6], 1, ["ridge"]) with { Snapshots = 2 };
        RunRecord record = Toy.Run(spec);
        Assert.Equal(6 * 3, record.Measures[MeasureNames.Parameter("feedback1", "count")]);
        WeightSnapshot end = record.Snapshots["feedback1.end"];
        Assert.Equal((2, 3), (end.Neurons, end.Inputs));
        float[] drawn = new float[18];
        RandomStream.Create(1, "parameter/feedback1").FillNormal(drawn, Math.Sqrt(2.0 / 6));
        Assert.Equal([drawn[0], drawn[6], drawn[12]], end.Row(0));
        Assert.Equal(
            Math.Sqrt(drawn.Sum(value => (double)value * value)),
            record.Measures[MeasureNames.Parameter("feedback1", "norm")],
            1e-5
        );
        Assert.DoesNotContain("stepNorm.parameters.feedback1", record.Curves.Keys);
    }

    [Fact]
    public void Layers_trained_one_after_the_other_each_have_all_epochs_and_leave_the_others_alone()
    {
        Watch watch = new();
        FeedForwardNetwork network = new([
            new DenseLayer(2, 3, new Identity()),
            new DenseLayer(3, 2, new Identity()),
            new DenseLayer(2, 1, new Identity()),
        ]);
        Matrix<float>[] before = [.. network.Layers.Select(layer => layer.Weights.Clone())];
        List<float> first = [],
            second = [];
        watch.Saw = () =>
        {
            first.Add(network.Layers[0].Weights[0, 0]);
            second.Add(network.Layers[1].Weights[0, 0]);
        };
        Train(
            watch,
            network,
            new TrainingPlan(2, 50, OptimizerKind.Sgd, 0.1, WeightConstraint.None)
            {
                IsLayerwise = true,
                Schedule = RateSchedule.Parse("step:0.5@1"),
            }
        );

        // The rule proposes 1 for the two lower layers and nothing for the output: one idle step there.
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4, 1], watch.Seen.Select(step => step.Step));
        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2, 1], watch.Seen.Select(step => step.Epoch));
        Assert.All(second.Take(5), weight => Assert.Equal(before[1][0, 0], weight));
        Assert.Equal(0.3, first[4] - before[0][0, 0], 1e-6);
        Assert.All(first.Skip(4), weight => Assert.Equal(first[4], weight));
        Assert.Equal(0.3, network.Layers[1].Weights[0, 0] - before[1][0, 0], 1e-6);
        Assert.Equal(before[2], network.Layers[2].Weights);
    }

    [Fact]
    public void A_mixed_network_learns_each_layer_as_its_rule_would_alone()
    {
        RunSpec Of(string rule) =>
            Toy.WithGallery[rule].Spec("toy", [8, 6], 1, ["ridge"]) with
            {
                Epochs = 2,
                Batch = 32,
                Snapshots = 8,
                HoldOutValidation = true,
                Initialization = Initialization.He,
            };
        RunRecord alone = Toy.Run(Of("hebb")),
            mixed = Toy.Run(Of("hidden=hebb,output=backprop"));
        Assert.Equal(alone.Snapshots["end"].Bytes, mixed.Snapshots["end"].Bytes);
        Assert.Equal(
            alone.Measures[MeasureNames.Probe("ridge", "testAccuracy")],
            mixed.Measures[MeasureNames.Probe("ridge", "testAccuracy")]
        );
        Assert.True(mixed.Measures[MeasureNames.TestAccuracy] > 0.6);
        Assert.Contains("gini.output", mixed.Curves.Keys);

        // A part's own rate, and a factor on all.
        RunRecord slow = Toy.Run(Of("hidden=hebb,output=backprop") with { LearningRate = 0.1 }),
            set = Toy.Run(
                Of("hidden=hebb,output=backprop") with
                {
                    RuleOptions = new(StringComparer.Ordinal)
                    {
                        ["hidden.learning-rate"] = "0.005",
                        ["output.learning-rate"] = "0.0001",
                    },
                }
            );
        Assert.NotEqual(slow.Snapshots["end"].Bytes, mixed.Snapshots["end"].Bytes);
        Assert.Equal(slow.Snapshots["end"].Bytes, set.Snapshots["end"].Bytes);
        Assert.Equal(slow.Measures[MeasureNames.TestAccuracy], set.Measures[MeasureNames.TestAccuracy]);
        Assert.Equal("0.005", set.RuleOptions["hidden.learning-rate"]);
    }

    [Fact]
    public void Of_a_mixed_network_a_layer_that_no_part_names_stays_as_drawn()
    {
        RunSpec spec = Toy.WithGallery["hidden2=hebb+output=backprop"].Spec("toy", [8, 6], 1, ["ridge"]) with
        {
            Snapshots = 8,
        };
        Assert.Equal("hidden2=hebb,output=backprop", spec.Rule);
        RunRecord record = Toy.Run(spec),
            random = Toy.Run(
                Toy.WithGallery["random"].Spec("toy", [8, 6], 1, ["ridge"]) with
                {
                    Snapshots = 8,
                    Initialization = spec.Initialization,
                }
            );
        Assert.Equal(random.Snapshots["end"].Bytes, record.Snapshots["end"].Bytes);
        Assert.DoesNotContain("gini.hidden1", record.Curves.Keys);
        Assert.Contains("gini.hidden2", record.Curves.Keys);
    }

    [Theory]
    [InlineData("middle=hebb", "'middle=hebb' is no part; a part is LAYERS=RULE")]
    [InlineData("hidden=hebb,hidden=oja", "hidden has two rules; leave one out")]
    [InlineData("layer1=hebb,hidden1=oja", "hidden1 has two rules; leave one out")]
    [InlineData("hidden=hebb,output=nothing", "unknown rule 'nothing'")]
    [InlineData("hidden=similarity-matching", "has inference of its own")]
    [InlineData("hidden1=hidden2=hebb", "is no part; a part is LAYERS=RULE")]
    public void A_mixed_rule_that_cannot_be_is_one_line(string rule, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<SpecificationException>(() => RuleCatalog.BuiltIn()[rule]).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_part_for_a_layer_that_is_not_there_is_refused()
    {
        SpecificationException refusal = Assert.Throws<SpecificationException>(() =>
            Toy.Run(Toy.WithGallery["hidden3=hebb,output=backprop"].Spec("toy", [8, 6], 1, []))
        );
        Assert.Contains("there is no hidden3, the network has 2", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<SpecificationException>(() =>
            Toy.Run(Toy.WithGallery["hidden=hebb,hidden1=oja"].Spec("toy", [8], 1, []))
        );
        Assert.Contains("no layer is left for hidden;", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<SpecificationException>(() =>
            Toy.Run(
                Toy.WithGallery["hidden=hebb,output=backprop"].Spec("toy", [8], 1, []) with
                {
                    Optimizer = OptimizerKind.Momentum,
                }
            )
        );
        Assert.Contains("--set hidden.optimizer=NAME", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_probed_and_the_untrained_network_follow_the_rules_own_inference()
    {
        RunSpec spec = Toy.WithGallery["similarity-matching"].Spec("toy", [6], 1, ["ridge"]) with { Snapshots = 6 };
        RunRecord trained = Toy.Run(spec),
            untrained = Toy.Run(
                Reproduction.Studies.Comparisons.RandomProjectionFamily.Untrained(Toy.WithGallery, spec)
            );
        Assert.Equal("similarity-matching", untrained.Spec.Rule);
        Assert.Equal(0, untrained.Steps);
        Assert.NotEqual(
            trained.Measures[MeasureNames.FeatureDeviation],
            untrained.Measures[MeasureNames.FeatureDeviation]
        );

        // M is the identity as drawn, so rectified units settle at f(Wx): the forward pass of the random network.
        RunRecord random = Toy.Run(
            Toy.WithGallery["random"].Spec("toy", [6], 1, ["ridge"]) with
            {
                Initialization = spec.Initialization,
            }
        );
        Assert.Equal(
            random.Measures[MeasureNames.FeatureDeviation],
            untrained.Measures[MeasureNames.FeatureDeviation],
            1e-6
        );
        Assert.Equal(36, trained.Measures[MeasureNames.Parameter("lateral1", "count")]);
        SpecificationException refusal = Assert.Throws<SpecificationException>(() =>
            Toy.Run(spec with { Hidden = [6, 6], Dropout = 0.5 })
        );
        Assert.Contains("use --dropout 0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(
            "--layerwise: similarity-matching has inference of its own",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec with { Layerwise = true })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_rule_that_needs_classes_refuses_real_numbers()
    {
        DataSet regression = Toy.Set with
        {
            Training = new TrainingSplit(
                new Examples(
                    Toy.Set.Training.Examples.Inputs,
                    Toy.Set.Training.Examples.Inputs.SubMatrix(0, 2, 0, Toy.Set.Training.Examples.Count)
                )
            ),
            Test = new TestSplit(
                new Examples(
                    Toy.Set.Test.Examples.Inputs,
                    Toy.Set.Test.Examples.Inputs.SubMatrix(0, 2, 0, Toy.Set.Test.Examples.Count)
                )
            ),
            Targets = ["a", "b"],
        };
        Assert.Contains(
            "--rule forward-forward: learns classes",
            Assert
                .Throws<SpecificationException>(() =>
                    new RunExecutor(Toy.WithGallery).Execute(
                        Toy.WithGallery["forward-forward"].Spec("toy", [6], 1, []) with
                        {
                            Output = "identity",
                        },
                        regression
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("hidden=hebb,output=backprop", false)]
    [InlineData("backprop", true)]
    [InlineData("local-losses", true)]
    public void Mixed_and_layerwise_runs_come_out_again_bit_for_bit(string rule, bool isLayerwise)
    {
        RunSpec spec = Toy.WithGallery[rule].Spec("toy", [8, 6], 3, ["ridge"]) with
        {
            Snapshots = 8,
            Epochs = 2,
            Layerwise = isLayerwise,
        };
        RunRecord one = Toy.Run(spec),
            other = Toy.Run(spec);
        Assert.Equal(one.Measures, other.Measures);
        Assert.Equal(one.Snapshots["end"].Bytes, other.Snapshots["end"].Bytes);
        if (isLayerwise)
        {
            Assert.Equal(3 * Toy.Run(spec with { Layerwise = false }).Steps, one.Steps);
        }
    }

    private static FeedForwardNetwork Network() => new([new DenseLayer(2, 2, new Identity())]);

    private static Watch Trained(TrainingPlan plan)
    {
        Watch watch = new();
        Train(watch, Network(), plan);
        return watch;
    }

    private static void Train(
        Watch watch,
        FeedForwardNetwork network,
        TrainingPlan plan,
        RuleParameters? parameters = null
    )
    {
        RandomStreams random = new(1);
        Examples examples = new(Matrix<float>.Build.Dense(2, 100, 1f), Matrix<float>.Build.Dense(network.Outputs, 100));
        new Trainer(
            new NetworkInference(network, watch, parameters ?? RuleParameters.Draw(watch, network, random)),
            new TrainingSplit(examples),
            plan,
            random,
            []
        ).Run();
        Assert.All(watch.Kinds, kind => Assert.Equal(TargetKind.Numbers, kind));
    }

    /// <summary>Proposes 1 for all but the output layer of a deep network, and for its parameter.</summary>
    private sealed class Watch : ILearningRule
    {
        public List<StepProgress> Seen { get; } = [];

        public List<TargetKind> Kinds { get; } = [];

        public Action? Saw { get; set; }

        public Supervision Supervision => Supervision.None;

        public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) =>
            [
                new("helper", 2, 3, ParameterDraw.Normal(2)) { Constraint = WeightConstraint.UnitRows },
                new("fixed", 2, 2, ParameterDraw.Identity),
            ];

        public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

        public void Propose(LearningStep step, Proposal proposal)
        {
            Seen.Add(step.Progress);
            Kinds.Add(step.TargetKind);
            Saw?.Invoke();
            proposal.For("helper").AsColumnMajorArray().AsSpan().Fill(1f);
            for (int l = 0; l < Math.Max(1, step.Network.HiddenLayers); l++)
            {
                proposal.For(l).Weights.AsColumnMajorArray().AsSpan().Fill(1f);
            }
        }
    }

    private sealed class Declaring(IReadOnlyList<ParameterDeclaration> declared) : ILearningRule
    {
        public Supervision Supervision => Supervision.None;

        public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) => declared;

        public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

        public void Propose(LearningStep step, Proposal proposal) { }
    }
}
