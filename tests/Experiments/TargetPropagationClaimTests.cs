using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Experiments.Families;
using Reproduction.Experiments.TargetPropagation;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests the searches, tables and verdicts of target propagation on made-up records.
/// </summary>
public sealed class TargetPropagationClaimTests : IDisposable
{
    private const string Data = "mnist";

    private readonly MadeUpResults results = new();

    public void Dispose() => results.Dispose();

    [Theory]
    [InlineData(1e-12, 50, 2, "reproduced")]
    [InlineData(1e-3, 50, 2, "not reproduced")]
    [InlineData(1e-12, 0.5, 2, "not reproduced")]
    [InlineData(1e-12, 50, 1, "not reproduced")]
    public void The_expansion_holds_if_measured_and_predicted_agree_the_output_moves_too_far_and_a_term_is_quadratic(
        double deviation,
        double noise,
        int power,
        string expected
    )
    {
        Save(
            new Expansion(),
            record =>
            {
                record.Measures["notes.expansion.deviation"] = deviation;
                foreach ((string rate, double value) in new[] { ("0.001", 0.001), ("1", 1.0) })
                {
                    record.Measures[$"notes.expansion.ideal.{rate}"] = value;
                    record.Measures[$"notes.expansion.linear.{rate}"] =
                        record.Measures[$"notes.expansion.measured.{rate}"] =
                        record.Measures[$"notes.expansion.predicted.{rate}"] =
                            noise * value;
                    record.Measures[$"notes.expansion.quadratic.{rate}"] = 5 * Math.Pow(value, power);
                }
            }
        );
        Assert.Equal(expected, results.Verdict("T1"));
    }

    [Fact]
    public void An_estimator_reduces_the_error_if_the_loss_ends_below_its_start_on_average_and_no_run_diverges()
    {
        Save(
            new EstimatorCurves(),
            record => record.RuleOptions.GetValueOrDefault("estimator") == "mean" && record.Spec.Seed == 3 ? null : 0.4,
            record =>
            {
                double end = record.RuleOptions.GetValueOrDefault("estimator") switch
                {
                    "as-written" => 1e20,
                    "trimmed" => record.Spec.Seed > 5 ? 2.1 : 1.8,
                    _ => 0.5,
                };
                record.Curves[MeasureNames.TrainingLoss] = new Series(
                    [.. Enumerable.Range(1, 30)],
                    [.. Enumerable.Range(1, 30).Select(step => step <= 10 ? 2 : end)]
                );
            }
        );
        Assert.Equal(
            ["not reproduced", "inconclusive", "inconclusive", "reproduced", "reproduced"],
            new[] { "T2", "T3/mean", "T3/trimmed", "T3/median", "T3/least-squares" }.Select(results.Verdict)
        );
        Assert.Contains("over that at the start 0.25 (1 diverged)", results.Value("T3/mean"), StringComparison.Ordinal);
        Assert.StartsWith(
            "loss at the end over that at the start 0.25; median, 1 direction: from 0.25 to 0.25 by seed, test "
                + "accuracy "
                + "40.0 ± 0.0 %",
            results.Value("T3/median"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "least squares, 32 directions: test accuracy 40.0 ± 0.0 %",
            results.Value("T3/least-squares"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Variance_marks_directions_if_it_correlates_negatively_in_every_layer()
    {
        Save(
            new Agreement(),
            record =>
            {
                foreach (string layer in FactorRuns.Layers)
                {
                    double scatter = 0.002 * record.Spec.Seed;
                    record.Measures[$"notes.rank.variance.{layer}"] = scatter + (record.Spec.Batch == 256 ? 0.0 : -0.3);
                    record.Measures[$"notes.rank.disagreement.{layer}"] = scatter + (layer == "output" ? -0.3 : 0.2);
                }
            }
        );
        Assert.Equal(
            ["not reproduced", "reproduced", "not reproduced", "not reproduced"],
            new[] { "T4/variance/256", "T4/variance/4096", "T4/disagreement/256", "T4/disagreement/4096" }.Select(
                results.Verdict
            )
        );
        Assert.StartsWith(
            "hidden1: rank correlation −0.289 [",
            results.Value("T4/variance/4096"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false, "reproduced")]
    [InlineData(true, "not reproduced")]
    public void More_directions_help_if_the_error_falls_with_their_number(bool isFlat, string expected)
    {
        Save(
            new DirectionCount(),
            record =>
                record.RuleOptions.TryGetValue("directions", out string? directions)
                    ? 1 - (0.29 / (isFlat ? 2 : int.Parse(directions, CultureInfo.InvariantCulture)))
                    : 0.97,
            record =>
            {
                record.Curves[MeasureNames.ValidationAccuracy] = new Series(
                    [10, 20],
                    [0.5, record.Measures[MeasureNames.ValidationAccuracy]]
                );
                record.Seconds["train"] = 1;
            }
        );
        Assert.Equal(expected, results.Verdict("T5"));

        if (isFlat)
        {
            return;
        }

        // k = 1 ends at 29 % error, k = 2 at 14.5 % after 20 steps.
        double operations =
            20 * StepCost.OfTargetPropagation(TargetPropagationProtocol.Of(Plan, "target-propagation"), 2, 784, 10);
        Assert.Contains(
            FormattableString.Invariant($"operations until the error is 15 %: 1: never, 2: {operations:0.0e0}, 4:"),
            results.Value("T5"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Steps_are_like_conjugate_gradients_if_nothing_is_left_after_as_many_as_blocks()
    {
        Save(
            new Eigenmodes(),
            record =>
                record.Curves[Eigenmodes.Reducible] = new Series(
                    [.. Enumerable.Range(1, 25)],
                    [
                        .. Enumerable
                            .Range(0, 25)
                            .Select(taken =>
                                record.RuleOptions["draw"] == "conjugate"
                                    ? (taken < 9 ? 10 - taken : 1e-9)
                                    : 10 * Math.Pow(0.7, taken)
                            ),
                    ]
                )
        );
        Assert.Equal(
            ("not reproduced", "reproduced"),
            (results.Verdict("T6/gaussian"), results.Verdict("T6/conjugate"))
        );
        Assert.Contains(
            "share of the reducible error left 0.04",
            results.Value("T6/gaussian"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(9, true, false, "reproduced")]
    [InlineData(0, true, false, "not reproduced")]
    [InlineData(9, false, false, "inconclusive")]
    [InlineData(9, true, true, "inconclusive")]
    public void Lower_layers_are_trained_if_the_probe_beats_the_untrained_network_and_no_seed_diverges(
        int gained,
        bool isEverySeed,
        bool diverges,
        string expected
    )
    {
        const string probe = "ridge";
        Save(
            new FamilyComparison(),
            record => diverges && record.Spec is { Rule: "target-propagation", Seed: 4 } ? null : 0.9,
            record =>
            {
                if (record.Spec.Probes.Length == 0)
                {
                    return;
                }

                // There are 40 test samples; the untrained network has 20 of them right.
                bool gains = record.Spec.Rule == "target-propagation" && (isEverySeed || record.Spec.Seed % 5 == 0);
                byte[] correct = new byte[5];
                foreach (int sample in Enumerable.Range(0, 20 + (gains ? gained : 0)))
                {
                    correct[sample / 8] |= (byte)(1 << (sample % 8));
                }

                record.Correct[probe] = correct;
                record.Measures[MeasureNames.Probe(probe, "predicted.0")] = 40;
                record.Measures[MeasureNames.Probe(probe, "testAccuracy")] = 0.5;
            }
        );
        Assert.Equal((expected, expected), (results.Verdict("T7/slope"), results.Verdict("T7/inverse/0.1")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_ended_or_diverged_can_be_drawn(bool allDiverge)
    {
        foreach (Experiment experiment in ExperimentCatalog.All.OfType<TargetPropagationExperiment>())
        {
            // Every third seed diverges where not all do.
            results.Save(
                experiment,
                Data,
                record =>
                    allDiverge || record.Spec.Seed % 3 == 0
                        ? record with
                        {
                            Divergence = "made up",
                            Seconds = new() { ["train"] = 1 },
                        }
                        : record with
                        {
                            Seconds = new() { ["train"] = 1 },
                        }
            );
            Assert.All(
                experiment.Draw(results.Open(experiment, Data)).OfType<TableArtefact>(),
                artefact =>
                    Assert.All(artefact.Table.Rows, row => Assert.Equal(artefact.Table.Columns.Count, row.Count))
            );
        }
    }

    [Fact]
    public void Operations_of_a_step_by_hand()
    {
        RunSpec backprop = TargetPropagationProtocol.Of(Plan, "backprop") with { Hidden = [3], Batch = 5 };
        Assert.Equal((2 * 2 * 5 * 4 * 3) + (3 * 2 * 5 * 3 * 2), StepCost.OfBackprop(backprop, 4, 2));

        // One linear layer has 4 inputs and the constant, 2 outputs, 5 samples and 3 directions: forward 80, S 150, SᵀS
        // 90, SᵀE 60, factorisation 9, solutions 36, D·F 60.
        RunSpec linear = TargetPropagationProtocol.Of(Plan, "target-propagation") with
        {
            Hidden = [],
            Batch = 5,
        };
        Assert.Equal(80 + 150 + 90 + 60 + 9 + 36 + 60, StepCost.OfTargetPropagation(linear, 3, 4, 2));
    }

    [Fact]
    public void Every_arm_of_the_option_search_gets_the_same_grid()
    {
        Dictionary<string, RunSpec[]> arms = new OptionSearch()
            .Search(Plan)
            .GroupBy(run => run.Arm, run => run.Spec)
            .ToDictionary(arm => arm.Key, arm => arm.ToArray());
        Assert.Equal(7, arms.Count);
        Assert.All(arms.Values, arm => Assert.Equal(arm.Length, arm.Select(spec => spec.RunId()).Distinct().Count()));
        Assert.Equal(
            (60, 60, 30, 5),
            (
                arms["least-squares, slope"].Length,
                arms["least-squares, inverse"].Length,
                arms["trimmed, inverse"].Length,
                arms["backprop"].Length
            )
        );
        string[][] grids = [.. arms.Values.Select(arm => arm.Select(Common).Distinct().ToArray())];
        Assert.All(grids.Take(6), grid => Assert.Equal(grids[0], grid));
        static string Common(RunSpec spec) =>
            $"{spec.Optimizer} {spec.LearningRate} {spec.Limit} {spec.Epochs} "
            + $"{spec.RuleOptions.GetValueOrDefault("draw")} "
            + $"{spec.RuleOptions.GetValueOrDefault("directions")}";
    }

    private static ExperimentPlan Plan { get; } = new(Data, Profile.Paper, [1, 2, 3], Toy.Rules);

    private void Save(Experiment experiment, Action<RunRecord> fill) => Save(experiment, _ => 0.9, fill);

    /// <param name="accuracy">The accuracy on test and validation samples; null for a run that diverges.</param>
    private void Save(Experiment experiment, Func<RunRecord, double?> accuracy, Action<RunRecord>? fill = null) =>
        results.Save(
            experiment,
            Data,
            record =>
            {
                if (accuracy(record) is not { } value)
                {
                    return record with { Divergence = "made up" };
                }

                record.Measures[MeasureNames.TestAccuracy] = record.Measures[MeasureNames.ValidationAccuracy] = value;
                fill?.Invoke(record);
                return record with { Steps = 20 };
            }
        );
}
