using Reproduction.Evaluation.Records;
using Reproduction.Experiments.Kickback;
using Reproduction.Network;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Drawing;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests Kickback's searches, tables and verdicts on made-up records.</summary>
public sealed class KickbackClaimTests : IDisposable
{
    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Theory]
    [InlineData(1.0, "reproduced")]
    [InlineData(1.08, "reproduced")]
    [InlineData(1.3, "not reproduced")]
    public void Kickback_matches_backprop_if_its_error_is_within_a_tenth(double factor, string expected)
    {
        SaveInterventions(spec => 0.05 * (spec.Rule == "kickback" ? factor : 1));
        Assert.Equal(expected, Verdict("K6/robot-arm/sgd"));
        Assert.Equal(expected, Verdict("K6/robot-arm/adamw"));
        Assert.Equal("not testable", Verdict("K6/sarcos/sgd"));
    }

    [Fact]
    public void Each_rule_is_held_against_the_other_with_the_weights_that_suit_it_by_validation()
    {
        // Kickback is best from scaled weights, backprop from random signs: both have 0.04 there and more elsewhere.
        SaveInterventions(spec =>
            spec.Initialization == (spec.Rule == "kickback" ? Initialization.SignMatchedScaled : Initialization.He)
                ? 0.04
                : 0.2
        );
        Assert.Contains("Kickback, scaled 0.040", Value("K6/robot-arm/sgd"), StringComparison.Ordinal);
        Assert.Contains("Backprop, random signs 0.040", Value("K6/robot-arm/sgd"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adamw", "reproduced")]
    [InlineData("adamw layer", "not reproduced")]
    [InlineData("", "not reproduced")]
    [InlineData("momentum", "not reproduced")]
    public void Only_AdamW_may_help_at_every_depth(string helpful, string expected)
    {
        SaveInterventions(spec =>
            (helpful.Contains("adamw", StringComparison.Ordinal) && spec.Optimizer == OptimizerKind.Adamw)
            || (helpful.Contains("momentum", StringComparison.Ordinal) && spec.Optimizer == OptimizerKind.Momentum)
            || (helpful.Contains("layer", StringComparison.Ordinal) && spec.Normalization == Normalization.Layer)
                ? 0.05
                : 0.1
        );
        Assert.Equal(expected, Verdict("K4/he-size"));
    }

    [Fact]
    public void A_network_that_fails_all_the_same_has_not_been_helped()
    {
        SaveInterventions(spec =>
            (spec.Optimizer == OptimizerKind.Adamw ? 0.5 : 1) * (spec.Hidden.Length == 6 ? 1.2 : 0.1)
        );
        Assert.Equal("not reproduced", Verdict("K4/he-size"));
    }

    [Fact]
    public void Two_dead_networks_of_ten_decide_nothing()
    {
        SaveInterventions(spec => spec.Rule == "backprop" && spec.Seed <= 2 ? 1.0 : 0.05);
        Assert.Equal("inconclusive", Verdict("K6/robot-arm/sgd"));
        Assert.Contains(
            "2 hidden layers: error over backprop's 1.00 [0.05, 1.00]",
            Value("K6/robot-arm/sgd"),
            StringComparison.Ordinal
        );
        Assert.Contains("(2 of 10 failed)", Value("K6/robot-arm/sgd"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_a_median_is_of_order_statistics()
    {
        Quantity ten = Quantity.MedianRatio("ten", [.. Enumerable.Range(1, 10).Select(i => Math.Log(i))]);
        Assert.Equal(Math.Sqrt(30), ten.Value, 1e-12);
        Assert.Equal((2, 9), (Math.Round(ten.Interval(0.95).Low, 12), Math.Round(ten.Interval(0.95).High, 12)));
        Assert.Equal(Interval.Unknown, MedianInterval.Of([0.1, 0.2, 0.3, 0.4, 0.5]));
        Assert.Equal(0.1, MedianInterval.Of([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]).Low, 1e-12);
    }

    [Fact]
    public void Helping_at_some_depths_only_is_not_helping()
    {
        SaveInterventions(spec => spec.Optimizer == OptimizerKind.Adamw && spec.Hidden.Length > 2 ? 0.05 : 0.1);
        Assert.Equal("not reproduced", Verdict("K4/he-size"));
    }

    [Theory]
    [InlineData(false, false, "not reproduced", "not reproduced")]
    [InlineData(true, false, "reproduced", "not reproduced")]
    [InlineData(true, true, "reproduced", "reproduced")]
    public void Depth_breaks_coherent_networks_or_only_those_with_large_weights(
        bool matchedFails,
        bool scaledFails,
        string matched,
        string scaled
    )
    {
        SaveInterventions(spec =>
            spec.Rule == "kickback"
            && spec.Hidden.Length == 6
            && (
                (matchedFails && spec.Initialization == Initialization.SignMatched)
                || (scaledFails && spec.Initialization == Initialization.SignMatchedScaled)
            )
                ? null
                : 0.1
        );
        Assert.Equal((matched, scaled), (Verdict("K1/training/he-size"), Verdict("K1/training/scaled")));
    }

    [Fact]
    public void A_diverged_run_is_a_row_with_its_step()
    {
        SaveInterventions(spec => spec.Initialization == Initialization.SignMatched ? null : 0.1);
        ErrorRow row = results
            .Open(new Interventions(), "robot-arm")
            .Table<ErrorRow>("interventions")
            .First(row => row.Arm.Initialization == Initialization.SignMatched);
        Assert.Equal(("diverged", 17, null, null), (row.Status, row.Steps, row.TestNmse, row.ValidationNmse));
        Assert.Contains(
            new Interventions()
                .Draw(results.Open(new Interventions(), "robot-arm"))
                .OfType<TableArtefact>()
                .Single()
                .Table.Rows,
            cells => cells[3].StartsWith("diverged", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0.9, 0.3, "reproduced")]
    [InlineData(0.4, 0.3, "not reproduced")]
    [InlineData(0.1, 0.1, "not reproduced")]
    public void One_scalar_is_needed_if_several_outputs_learn_worse_from_it(
        double together,
        double apart,
        string expected
    )
    {
        Save(new OneScalar(), "robot-arm", spec => spec.Targets == RunSpec.AllTargets ? together : apart);
        Assert.Equal(expected, Verdict("K3"));
        Assert.Equal("not testable", Verdict("K3/paper-network"));
        Save(new PaperNetwork(), "robot-arm", spec => spec.Targets == RunSpec.AllTargets ? together : apart);
        Assert.Equal(expected, Verdict("K3/paper-network"));
    }

    [Theory]
    [InlineData(1.08, "reproduced")]
    [InlineData(1.3, "not reproduced")]
    public void The_papers_network_has_verdicts_of_its_own(double factor, string expected)
    {
        Save(
            new PaperNetwork(),
            "robot-arm",
            spec =>
                spec.Initialization == Initialization.SignMatchedScaled
                    ? 0.05 * (spec.Rule == "kickback" ? factor : 1)
                    : 0.4
        );
        Assert.Equal(expected, Verdict("K6/paper-network/robot-arm/sgd"));
        Assert.Equal("not testable", Verdict("K6/robot-arm/sgd"));
        Assert.Equal("not testable", Verdict("K6/paper-network/sarcos/sgd"));
    }

    [Fact]
    public void The_papers_network_has_two_nodes_for_each_torque_and_five_folds()
    {
        ExperimentPlan plan = new("robot-arm", Profile.Paper, [1, 2, 3, 4, 5, 6], Toy.Rules);
        RunSpec[] search = [.. new PaperNetwork().Search(plan).Select(run => run.Spec)];
        Assert.All(search, spec => Assert.Equal(OutputWeights.Sum, spec.OutputWeights));
        Assert.All(
            search,
            spec => Assert.Equal([10, 100, 200, spec.Targets == RunSpec.AllTargets ? 14 : 2], spec.Hidden)
        );

        // Kickback and backprop with three initial weights and two optimizers; both by one network and by seven.
        Assert.Equal(16 * 13 * 5, search.DistinctBy(spec => spec.RunId()).Count());
        Assert.Equal(
            [(1L, "1/5"), (2L, "2/5"), (3L, "3/5"), (4L, "4/5"), (5L, "5/5")],
            search.Select(spec => (spec.Seed, spec.Fold)).Distinct().Order()
        );
    }

    [Theory]
    [InlineData(0.95, "reproduced")]
    [InlineData(0.5, "not reproduced")]
    public void Normalisation_keeps_coherence_or_does_not(double share, string expected)
    {
        Save(
            new Coherence(),
            "robot-arm",
            _ => 0.1,
            record =>
            {
                foreach (string kind in new[] { "unit", "unitWeights", "edge", "sign" })
                {
                    foreach (int layer in Enumerable.Range(1, record.Spec.Hidden.Length))
                    {
                        record.Curves[MeasureNames.Coherence($"hidden{layer}", kind)] = new Series(
                            [1, 314],
                            record.Spec.Normalization == Normalization.Layer ? [share, share] : [1, 0.98]
                        );
                    }
                }
            }
        );
        Assert.Equal(expected, Verdict("K2/layer/exact"));
        Assert.Equal("reproduced", Verdict("K2/batch/exact"));
    }

    [Theory]
    [InlineData(1.0, "reproduced")]
    [InlineData(0.99, "not reproduced")]
    public void The_last_hidden_layers_step_is_backprops(double cosine, string expected)
    {
        Save(
            new Alignment(),
            "robot-arm",
            _ => 0.1,
            record =>
            {
                foreach (int layer in Enumerable.Range(1, record.Spec.Hidden.Length))
                {
                    record.Curves[MeasureNames.Alignment($"hidden{layer}", "cosine")] = new Series(
                        [1, 314],
                        [layer == record.Spec.Hidden.Length ? cosine : 0.1 * record.Spec.Seed, 0.5]
                    );
                }
            }
        );
        Assert.Equal(expected, Verdict("K5"));
    }

    [Theory]
    [InlineData(5.5, 1.0, "reproduced", "not reproduced")]
    [InlineData(5.5, 5.0, "reproduced", "reproduced")]
    [InlineData(1.1, 1.0, "not reproduced", "not reproduced")]
    public void Activity_grows_by_a_factor_a_layer(double matched, double scaled, string first, string second)
    {
        Save(
            new ActivationGrowth(),
            "robot-arm",
            _ => 0.1,
            record =>
            {
                double factor =
                    record.Spec.Initialization == Initialization.SignMatched ? matched
                    : record.Spec.Initialization == Initialization.SignMatchedScaled ? scaled
                    : 1;
                for (int l = 0; l <= 6; l++)
                {
                    record.Curves[MeasureNames.Activation(MeasureNames.Layer(l, 7))] = new Series(
                        [1],
                        [Math.Pow(factor, l)]
                    );
                }
            }
        );
        Assert.Equal((first, second), (Verdict("K1/growth/he-size"), Verdict("K1/growth/scaled")));
        FigureArtefact figure = new ActivationGrowth()
            .Draw(results.Open(new ActivationGrowth(), "robot-arm"))
            .OfType<FigureArtefact>()
            .Single();
        Reproduction.Figures.LinePanel byWidth = (Reproduction.Figures.LinePanel)figure.Figure.Panels[1];
        Assert.Equal(matched, byWidth.Curves[1].Y[2], 1e-9);
        Assert.Equal(5.6419, byWidth.Curves[^1].Y[2], 1e-4);
    }

    [Fact]
    public void The_search_takes_the_smallest_mean_validation_error_and_no_rate_that_diverged()
    {
        ExperimentPlan plan = new("robot-arm", Profile.Paper, [1, 2, 3], Toy.Rules);
        RunSpec arm = KickbackProtocol.Spec(
            plan,
            KickbackArm.Kickback(Initialization.He, OptimizerKind.Sgd, Normalization.None, 2)
        );
        RateSearch search = new([0.001, 0.01, 0.1], 2);
        Assert.Equal(6, search.Runs("arm", arm, plan).Count());
        double Best(Func<double, long, double?> error) =>
            search.Best(
                arm,
                plan with
                {
                    Searched = search
                        .Runs("arm", arm, plan)
                        .Select(run => run.Spec)
                        .ToDictionary(
                            spec => spec.RunId(),
                            spec =>
                            {
                                RunRecord record = MadeUp.Record(spec);
                                if (error(spec.LearningRate, spec.Seed) is { } value)
                                {
                                    record.Measures[MeasureNames.ValidationError] = value;
                                    return record;
                                }

                                return record with
                                {
                                    Divergence = "made up",
                                };
                            }
                        ),
                }
            );
        Assert.Equal(0.01, Best((rate, seed) => rate == 0.01 ? 0.2 : 0.3));
        Assert.Equal(
            0.1,
            Best(
                (rate, seed) =>
                    rate == 0.1 ? 0.2
                    : seed == 1 ? 0.1
                    : 0.4
            )
        );
        Assert.Equal(
            0.001,
            Best(
                (rate, seed) =>
                    rate == 0.1 && seed == 2 ? null
                    : rate == 0.001 ? 0.5
                    : rate == 0.1 ? 0.1
                    : 0.6
            )
        );
        Assert.Equal(0.001, Best((_, _) => null));

        // Every fold counts, each with a seed of its own while there are some.
        search = new RateSearch([0.001, 0.01], 2, 3);
        Assert.Equal(
            [(1L, "1/3"), (2L, "2/3"), (1L, "3/3")],
            search
                .Runs("arm", arm, plan)
                .Where(run => run.Spec.LearningRate == 0.01)
                .Select(run => (run.Spec.Seed, run.Spec.Fold))
        );
        Assert.Equal(0.01, Best((rate, seed) => rate == 0.01 ? 0.2 : 0.3));
        Assert.Equal(
            0.001,
            Best(
                (rate, seed) =>
                    rate == 0.01 && seed == 1 ? 0.5
                    : rate == 0.01 ? 0.1
                    : 0.3
            )
        );
    }

    [Fact]
    public void Every_arm_of_a_comparison_has_the_same_grid_and_budget()
    {
        ExperimentPlan plan = new(
            "robot-arm",
            Profile.Paper,
            [.. Enumerable.Range(1, 10).Select(seed => (long)seed)],
            Toy.Rules
        );
        foreach (KickbackExperiment experiment in ExperimentCatalog.All.OfType<KickbackExperiment>())
        {
            IGrouping<KickbackArm, RunSpec>[] arms =
            [
                .. experiment.Search(plan).DistinctBy(run => run.Spec.RunId()).GroupBy(run => run.Arm, run => run.Spec),
            ];
            Assert.All(
                arms,
                arm =>
                    Assert.Equal(
                        arms[0].Select(spec => (spec.LearningRate, spec.Seed, spec.Fold, spec.Epochs, spec.Batch)),
                        arm.Select(spec => (spec.LearningRate, spec.Seed, spec.Fold, spec.Epochs, spec.Batch))
                    )
            );
            Assert.Single(arms.SelectMany(arm => arm).Select(spec => spec.Limit).Distinct());

            // 13 rates with two seeds; in the paper's own network with five folds.
            Assert.Equal(experiment is PaperNetwork ? 65 : 26, arms[0].Count());
        }
    }

    /// <param name="error">The test and validation error of a run, without its scatter of 1 % by seed; null for a run
    /// that diverges.</param>
    private void SaveInterventions(Func<RunSpec, double?> error) => Save(new Interventions(), "robot-arm", error);

    private void Save(
        Experiment experiment,
        string dataSet,
        Func<RunSpec, double?> error,
        Action<RunRecord>? fill = null
    ) =>
        results.Save(
            experiment,
            dataSet,
            empty =>
            {
                RunRecord record = empty with { Steps = 17 };
                if (error(record.Spec) is not { } value)
                {
                    return record with { Divergence = "made up" };
                }

                record.Measures[MeasureNames.TestError] = record.Measures[MeasureNames.ValidationError] =
                    value * (1 + (0.001 * ((record.Spec.Seed * 7) % 10)));
                fill?.Invoke(record);
                return record;
            }
        );

    private string Verdict(string id) => results.Verdict(id);

    private string Value(string id) => results.Value(id);
}
