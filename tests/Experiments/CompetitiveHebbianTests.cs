using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Experiments.CompetitiveHebbian;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests on made-up records that tables and figures show the numbers that went in.</summary>
public sealed class CompetitiveHebbianTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paper-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Table_1_shows_printed_and_measured_numbers_and_marks_the_disagreements()
    {
        // For the competitive rule at 32 units the seeds give 52.0, 52.6 and 53.2, so the printed 52.6 is inside.
        // Everything else is 10 %, far from any printed number.
        Table table = Draw(
            new Table1(),
            "mnist",
            seeds: 3,
            (record, seed) =>
            {
                bool isInside = record.Spec.Rule == "competitive" && record.Spec.Hidden[0] == 32;
                record.Measures["probes.published.testAccuracy"] = isInside
                    ? 0.526 + (0.006 * (seed - 2))
                    : 0.1 + (0.0001 * seed);
                record.Measures["probes.published.classesNeverPredicted"] = isInside ? 0 : 9;
            }
        );
        IReadOnlyList<string> own = table.Rows.Single(row => row[0] == "Competitive");
        Assert.Equal("52.6", own[1]);
        Assert.Equal("52.6 ± 1.5", own[2]);
        Assert.Equal(["54.8", "10.0 ± 0.0 ‡"], own.Skip(3).Take(2));
        Assert.Equal(["Random projections", "Competitive", "SoftHebb", "HebbNet"], table.Rows.Select(row => row[0]));
        string notes = string.Join("\n", table.Notes);
        Assert.Contains("HebbNet at 2048 (printed 76.3, interval 10.0 to 10.1)", notes, StringComparison.Ordinal);
        Assert.Contains(
            "† Printed number outside the interval of our mean, but where a single seed may fall: none.",
            notes,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Competitive at 32 (", notes, StringComparison.Ordinal);
        Assert.Contains("In 45 of 48 runs the probe never predicts", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.8425, "")]
    [InlineData(0.8500, " †")]
    [InlineData(0.8600, " ‡")]
    public void A_printed_number_is_held_against_the_mean_and_against_a_single_seed(double mean, string mark)
    {
        // For random at 128 units, 84.4 is printed, which stands for 84.35 to 84.45. Four seeds go from mean − 0.3 to
        // mean + 0.3: s = 0.2582 and t₀.₉₇₅(3) = 3.182, so the half width is 0.41 for the mean and 0.92 for a single
        // seed.
        Table table = Draw(
            new Table1(),
            "mnist",
            seeds: 4,
            (record, seed) => record.Measures["probes.published.testAccuracy"] = mean + (0.002 * (seed - 2.5))
        );
        Assert.Equal($"{100 * mean:F1} ± 0.4{mark}", table.Rows[0][4]);
    }

    [Fact]
    public void Table_1_from_other_data_compares_nothing_and_says_so()
    {
        Table table = Draw(
            new Table1(),
            "digits",
            seeds: 2,
            (record, _) => record.Measures["probes.published.testAccuracy"] = 0.5
        );
        Assert.DoesNotContain(
            table.Rows.SelectMany(row => row),
            cell => cell.Contains('†', StringComparison.Ordinal) || cell.Contains('‡', StringComparison.Ordinal)
        );
        Assert.Contains(
            table.Notes,
            note => note.Contains("The printed numbers are for MNIST", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Table_2_takes_the_layer_the_paper_logged_and_shows_the_hidden_one_beside_it()
    {
        Table table = Draw(
            new Table2(),
            "mnist",
            seeds: 1,
            (record, _) =>
            {
                (record.Measures["gini.hidden1.start"], record.Measures["gini.hidden1.end"]) = (0.61, 0.12);
                if (record.Spec.Rule == "softhebb")
                {
                    (record.Measures["gini.output.start"], record.Measures["gini.output.end"]) = (0.1, 0.14);
                }
            }
        );
        Assert.Equal(
            ["32", "0.61 → 0.12", "0.61 → 0.12", "0.10 → 0.14", "0.10 → 0.14", "0.79 → 0.73", "0.61 → 0.12"],
            table.Rows[0]
        );
        Assert.Equal(
            ["32", "0.61 → 0.12", "0.61 → 0.12", "0.61 → 0.12"],
            Draw(
                new Table2(),
                "mnist",
                seeds: 1,
                (record, _) =>
                    (record.Measures["gini.hidden1.start"], record.Measures["gini.hidden1.end"]) = (0.61, 0.12),
                name: "table-2-corrected"
            ).Rows[0]
        );
    }

    [Fact]
    public void A_diverged_run_leaves_a_gap_that_is_named_and_the_rest_stands()
    {
        Table table = Draw(
            new Table1(),
            "mnist",
            seeds: 3,
            (record, _) => record.Measures["probes.published.testAccuracy"] = 0.5,
            diverged: spec =>
                spec.Rule == "softhebb" && (spec.Hidden[0] == 128 || (spec.Hidden[0] == 512 && spec.Seed == 2))
        );
        IReadOnlyList<string> row = table.Rows.Single(row => row[0] == "SoftHebb");
        Assert.Equal("diverged", row[4]);
        Assert.Equal("50.0 ± 0.0 ‡ (2 of 3 runs, the others diverged)", row[6]);
        Assert.Equal("50.0 ± 0.0 ‡", row[2]);
    }

    [Fact]
    public void The_published_protocol_is_the_papers()
    {
        RunSpec[] specs =
        [
            .. new Table1()
                .Runs(Plan("mnist", 1))
                .Select(run => run.Spec)
                .DistinctBy(spec => spec.RunId())
                .Where(spec => spec.Activation == "relu"),
        ];
        Assert.Equal(16, specs.Length);
        Assert.All(
            specs,
            spec =>
            {
                Assert.Equal((0.05, 32, 0.5, "softmax"), (spec.LearningRate, spec.Batch, spec.Dropout, spec.Output));
                Assert.Equal(spec.Rule == "random" ? 0 : 1, spec.Epochs);
                Assert.Equal(
                    spec.Rule is "competitive" or "hebbnet",
                    spec.Constraint == Reproduction.Network.WeightConstraint.UnitRows
                );
                Assert.Equal(Reproduction.Network.Initialization.Hebbian, spec.Initialization);
                Assert.Equal(Reproduction.Network.Normalization.None, spec.Normalization);
                spec.Validate(Toy.Rules);
            }
        );

        // Figures and tables of the paper that share runs use exactly the same ids.
        string[] ids = [.. specs.Select(spec => spec.RunId())];
        Assert.All(
            new Table2()
                .Runs(Plan("mnist", 1))
                .Concat(new Figure1().Runs(Plan("mnist", 1)))
                .Concat(new Figure4().Runs(Plan("mnist", 1))),
            run => Assert.Contains(run.Spec.RunId(), ids)
        );
    }

    [Fact]
    public void On_colour_images_the_published_runs_take_MNISTs_constants_and_the_corrected_ones_their_own()
    {
        RunSpec[] specs = [.. new Table1().Runs(Plan("cifar10", 1)).Select(run => run.Spec)];
        Assert.Equal(["mnist", "own"], specs.Select(spec => KebabCase.From(spec.Pixels)).Distinct().Order());
        Assert.All(specs, spec => Assert.Equal(spec.Rule == "softhebb" ? 0.01 : 0.05, spec.LearningRate));
        Assert.All(
            specs.Where(spec => spec.Pixels == Reproduction.Data.PixelScaling.Mnist),
            spec => Assert.Contains("published", spec.Probes)
        );
        Assert.All(
            specs.Where(spec => spec.Pixels == Reproduction.Data.PixelScaling.Own),
            spec => Assert.Contains("ridge", spec.Probes)
        );
    }

    [Fact]
    public void Every_experiment_runs_in_every_profile_only_what_can_be_run()
    {
        foreach (Experiment experiment in ExperimentCatalog.All)
        {
            foreach (
                string chosen in DataSets.Names.Where(name =>
                    name != DataSets.Auto && experiment.DataSetFor(name) is not null
                )
            )
            {
                foreach (Profile profile in Enum.GetValues<Profile>())
                {
                    ExperimentPlan plan = new(experiment.DataSetFor(chosen)!, profile, [1, 2], Toy.Rules);
                    plan = plan with
                    {
                        Searched = experiment
                            .Search(plan)
                            .Select(run => run.Spec)
                            .DistinctBy(spec => spec.RunId())
                            .ToDictionary(spec => spec.RunId(), MadeUp.Record),
                    };
                    RunSpec[] specs =
                    [
                        .. experiment.Search(plan).Concat(experiment.Runs(plan)).Select(run => run.Spec),
                    ];
                    Assert.All(specs.DistinctBy(spec => spec.RunId()), spec => spec.Validate(Toy.Rules));
                }
            }
        }
    }

    [Fact]
    public void Table_1_corrected_sets_printed_published_and_right_probes_side_by_side()
    {
        Table table = Draw(
            new Table1(),
            "mnist",
            seeds: 2,
            (record, seed) =>
            {
                record.Measures["probes.published.testAccuracy"] = 0.5;
                record.Measures["probes.published.classesNeverPredicted"] = seed;
                record.Measures["probes.softmax.testAccuracy"] = 0.88 + (0.01 * (seed - 1));
                record.Measures["probes.ridge.testAccuracy"] = 0.82;
                record.Measures["neurons.live"] = 0.75;
            },
            name: "table-1-corrected"
        );

        // For two seeds, s = 0.7071 points and t₀.₉₇₅(1) = 12.706: the half width is 6.35. For 1 and 2 it is the same.
        Assert.Equal(
            ["Competitive", "32", "52.6", "50.0 ± 0.0", "1.5 ± 6.4", "88.50 ± 6.35", "82.00 ± 0.00", "25.0 ± 0.0"],
            table.Rows.Single(row => row[0] == "Competitive" && row[1] == "32")
        );
    }

    [Fact]
    public void A_faults_experiment_pairs_by_seed()
    {
        Table table = Draw(
            new DoubledSoftmax(),
            "mnist",
            seeds: 3,
            (record, seed) =>
            {
                record.Measures["probes.published.testAccuracy"] = 0.50 + (0.1 * seed);
                record.Measures["probes.published.classesNeverPredicted"] = 2;
                record.Measures["probes.published+single-softmax.testAccuracy"] = 0.60 + (0.1 * seed);
                record.Measures["probes.published+single-softmax.classesNeverPredicted"] = 0;
            }
        );

        // The seeds differ by 10 points, but the pairs' gains do not: the gain is 10.0 with no width.
        Assert.Equal(
            ["Random projections", "32", "3", "70.0 ± 24.8", "2.0 ± 0.0", "80.0 ± 24.8", "0.0 ± 0.0", "+10.0 ± 0.0"],
            table.Rows[0]
        );
        Assert.Equal(16, table.Rows.Count);
    }

    [Fact]
    public void Weights_are_read_in_the_printed_and_in_the_right_layout()
    {
        // In a row, a pixel's three values lie one plane apart. The printed pictures took them as neighbours.
        Reproduction.Data.ImageShape shape = new(3, 1, 2);
        float[] weights = [1, 2, 3, 4, 5, 6];
        Assert.Equal([1, 3, 5, 2, 4, 6], WeightPictures.Pixels(weights, shape, isPrintedLayout: false));
        Assert.Equal(weights, WeightPictures.Pixels(weights, shape, isPrintedLayout: true));
        Assert.Equal(weights, WeightPictures.Pixels(weights, new(1, 2, 3), isPrintedLayout: false));
    }

    private static ExperimentPlan Plan(string dataSet, int seeds) =>
        new(dataSet, Profile.Paper, [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)], Toy.Rules);

    private Table Draw(
        Experiment experiment,
        string dataSet,
        int seeds,
        Action<RunRecord, long> fill,
        Func<RunSpec, bool>? diverged = null,
        string? name = null
    )
    {
        List<MeasuredRun> runs = [];
        foreach (PlannedRun planned in experiment.Runs(Plan(dataSet, seeds)))
        {
            RunSpec spec = planned.Spec;
            RunRecord record = MadeUp.Record(spec) with
            {
                Divergence =
                    diverged?.Invoke(spec) == true ? "the weights of layer 1 are no longer finite numbers" : null,
            };
            if (record.Divergence is null)
            {
                fill(record, spec.Seed);
            }

            runs.Add(planned.Measured(record));
        }

        ResultLayout layout = new(folder.FullName, folder.FullName);
        layout.Save(
            experiment,
            Profile.Paper,
            dataSet,
            experiment.Assemble(runs),
            Provenance.Of(
                Toy.Set with
                {
                    Title = dataSet == "mnist" ? "MNIST" : dataSet,
                },
                [],
                [.. runs.Select(run => run.Record)]
            )
        );
        return experiment
            .Draw(layout.Open(experiment, Profile.Paper, dataSet)!)
            .OfType<TableArtefact>()
            .Single(artefact => artefact.Name == (name ?? experiment.Name))
            .Table;
    }
}
