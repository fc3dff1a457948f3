using MathNet.Numerics.Distributions;
using Reproduction.Evaluation.Execution;
using Reproduction.Experiments.Calibration;
using Reproduction.Experiments.Families;
using Reproduction.Numerics;
using Reproduction.Statistics;
using Reproduction.Studies;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests that the calibration's tables have the truth that they claim, that the intervals cover it, and that the
/// comparison of all rules is even-handed.
/// </summary>
public class CalibrationTests
{
    public static TheoryData<int, int> Cells =>
        new()
        {
            { 0, 5 },
            { 0, 10 },
            { 3, 5 },
            { 3, 10 },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Intervals_cover_and_families_without_a_difference_seldom_err(int layer, int seeds)
    {
        const int Tables = 300,
            Comparisons = 6;
        int covered = 0,
            wrong = 0;
        for (int table = 0; table < Tables; table++)
        {
            RandomStream random = RandomStream.Create(5, $"{layer}/{seeds}/{table}");
            Interval one = Effect
                .Of(SimulatedLayer.All[layer].Draw(random, seeds, [0.01])[0])
                .Interval(Estimand.SeedsAndSamples);
            covered += one.Low <= 0.01 && 0.01 <= one.High ? 1 : 0;
            bool errs = SimulatedLayer
                .All[layer]
                .Draw(random, seeds, new double[Comparisons])
                .Select(of => Effect.Of(of).Interval(Estimand.SeedsAndSamples, Family.Simultaneous(Comparisons)))
                .Any(interval => interval.Low > 0 || interval.High < 0);
            wrong += errs ? 1 : 0;
        }

        // Of 300 at 95 %, 270 are four standard deviations of the binomial below; at 5 %, 30 are four above.
        Assert.InRange(covered, 270, 298);
        Assert.InRange(wrong, 0, 30);
    }

    [Fact]
    public void Simulated_layers_have_the_difference_that_is_planted_and_the_variances_that_are_asked_for()
    {
        SimulatedLayer layer = new("simulated", 64, 0.8, 0.1, 0.4, 0.05);
        Effect[] effects =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(table => Effect.Of(layer.Draw(RandomStream.Create(table, "planted"), 4, [0.03])[0])),
        ];
        SeedInterval mean = SeedInterval.Of([.. effects.Select(effect => effect.Mean)]);
        Assert.InRange(0.03, mean.Mean - (1.6 * mean.HalfWidth), mean.Mean + (1.6 * mean.HalfWidth));

        // To first order a seed moves an accuracy by φ(μ)·s; two runs differ by √2 times that.
        double slope = Normal.PDF(0, 1, Normal.InvCDF(0, 1, 0.8)),
            seeds = effects.Average(effect => (effect.SeedMeanSquare - effect.ResidualMeanSquare) / effect.Samples);
        Assert.Equal(1, Math.Sqrt(seeds) / (Math.Sqrt(2) * slope * 0.1), 0.15);
    }

    [Fact]
    public void Real_pairs_are_of_different_runs_and_planted_points_are_added_to_wrong_samples()
    {
        // Run k is right on the first 10 + k of 100 samples.
        double[][] runs =
        [
            .. Enumerable
                .Range(0, 12)
                .Select(k => Enumerable.Range(0, 100).Select(j => j < 10 + k ? 1.0 : 0.0).ToArray()),
        ];
        NullPool pool = new(runs);
        Assert.Equal(0.155, pool.Accuracy, 1e-12);
        double[] differences =
        [
            .. Enumerable
                .Range(0, 50)
                .SelectMany(table => pool.Draw(RandomStream.Create(table, "pairs"), 4, [0, 0]))
                .SelectMany(table => table.SeedMeans()),
        ];
        Assert.DoesNotContain(0.0, differences);
        Assert.Equal(0, differences.Average(), 0.01);
        double planted = Enumerable
            .Range(0, 400)
            .Average(table => Effect.Of(pool.Draw(RandomStream.Create(table, "planted"), 4, [0.1])[0]).Mean);
        Assert.Equal(0.1, planted, 0.006);
    }

    [Fact]
    public void Every_rule_has_the_same_trials_passes_and_features()
    {
        RuleCatalog rules = RuleCatalog.BuiltIn();
        ExperimentPlan plan = new("digits", Profile.Paper, [1, 2, 3], rules);
        IsItLearning experiment = new();
        PlannedRun[] search = [.. experiment.Search(plan)],
            runs = [.. experiment.Runs(plan)];
        foreach (IGrouping<string, PlannedRun> rule in search.GroupBy(run => run.Spec.Rule))
        {
            Assert.Equal(10, rule.Count());
            Assert.Equal(2, rule.Select(run => run.Spec.Seed).Distinct().Count());
            Assert.DoesNotContain(rule, run => plan.Seeds.Contains(run.Spec.Seed));
            Assert.Contains(rule, run => run.Spec.LearningRate == rules[rule.Key].Attribute.LearningRate);
        }

        PlannedRun[] final = [.. runs.Where(run => run.Role == RunRole.Final)];
        Assert.Equal(search.Select(run => run.Spec.Rule).Distinct(), final.Select(run => run.Spec.Rule).Distinct());
        Assert.All(final, run => Assert.Equal((3, 128, 2), (run.Spec.Epochs, run.Spec.Batch, run.Spec.Hidden.Length)));
        Assert.All(final, run => Assert.InRange(run.Spec.Hidden[0] * (run.Spec.Targets == "each" ? 10 : 1), 256, 260));

        // Each is held against its own network: the same activation, initial weights, targets and layers.
        foreach (PlannedRun run in final)
        {
            Assert.Contains(
                runs,
                other =>
                    other.Role == RunRole.Baseline
                    && other.Spec.Seed == run.Spec.Seed
                    && other.Spec.Activation == run.Spec.Activation
                    && other.Spec.Initialization == run.Spec.Initialization
                    && other.Spec.Targets == run.Spec.Targets
                    && other.Spec.ProbeLayers == run.Spec.ProbeLayers
                    && other.Spec.Hidden.SequenceEqual(run.Spec.Hidden)
            );
        }
    }

    [Theory]
    [InlineData(0.05, 3, 0.15)]
    [InlineData(0.003, 0.1, 0.0003)]
    [InlineData(0.02, 10, 0.2)]
    public void Multiples_have_no_digits_of_rounding(double rate, double factor, double multiple) =>
        Assert.Equal(multiple, RateMultiples.Of(rate, factor));
}
