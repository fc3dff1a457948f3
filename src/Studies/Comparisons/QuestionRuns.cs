using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>The runs that answer a question.</summary>
/// <param name="trainingSamples">The number of training samples of the data set.</param>
public sealed class QuestionRuns(Question question, RuleCatalog rules, int trainingSamples)
{
    /// <summary>What an arm's learning rate is multiplied by in a search, and random's initial weights.</summary>
    public static readonly IReadOnlyList<double> Factors = [0.1, 0.3, 1, 3, 10];

    private const int SearchSeeds = 2;

    // No final run has the seeds of a search.
    private const long SeedDistance = 1_000_000;

    /// <summary>
    /// The trials of the search, of arms and of the random projections beside them; none if the question has no search.
    /// </summary>
    /// <param name="firstSeed">The first seed of the final runs.</param>
    public IEnumerable<(string Arm, RunSpec Spec)> Search(long firstSeed) =>
        from pair in question.SearchesRates ? Arms(firstSeed) : []
        from trial in Trials(pair.Spec, WithRate, firstSeed)
            .Select(spec => (pair.Arm.Label, spec))
            .Concat(
                Trials(UntrainedOf(pair.Spec), WithScale, firstSeed)
                    .Select(spec => ($"{RandomProjectionFamily.Random}, beside {pair.Arm.Label}", spec))
            )
        select trial;

    /// <summary>Every arm's run of a seed beside the same network untrained.</summary>
    /// <param name="searched">The finished trials of the search.</param>
    public IEnumerable<(ComparisonArm Arm, RunSpec Learned, RunSpec Untrained)> Pairs(
        IReadOnlyDictionary<string, RunRecord> searched,
        IReadOnlyList<long> seeds
    )
    {
        ArgumentNullException.ThrowIfNull(searched);
        ArgumentNullException.ThrowIfNull(seeds);
        foreach ((ComparisonArm arm, RunSpec spec) in Arms(seeds[0]))
        {
            RunSpec learned = spec,
                untrained = UntrainedOf(spec);
            if (question.SearchesRates)
            {
                learned = Best(learned, WithRate, searched, seeds[0]);
                untrained = Best(untrained, WithScale, searched, seeds[0]);
            }

            foreach (long seed in seeds)
            {
                yield return (arm, learned with { Seed = seed }, untrained with { Seed = seed });
            }
        }
    }

    /// <summary>Every arm on every network, with the passes that the question gives it.</summary>
    private IEnumerable<(ComparisonArm Arm, RunSpec Spec)> Arms(long seed)
    {
        (ComparisonArm Arm, RunSpec Spec)[] arms =
        [
            .. from arm in question.Arms from hidden in question.Networks select (arm, SpecOf(arm, hidden, seed)),
        ];
        int epochs = arms.Max(arm => arm.Spec.Epochs);
        long steps = arms.Max(arm => arm.Spec.Epochs * StepsOf(arm.Spec));
        return arms.Select(arm =>
            (
                arm.Arm,
                question.Matching switch
                {
                    Matching.Epochs => arm.Spec with { Epochs = epochs },
                    Matching.Steps => arm.Spec with
                    {
                        Epochs = (int)((steps + StepsOf(arm.Spec) - 1) / StepsOf(arm.Spec)),
                    },
                    _ => arm.Spec,
                }
            )
        );
    }

    private RunSpec SpecOf(ComparisonArm arm, int[] hidden, long seed)
    {
        RunSpec spec = arm.Spec(question.DataSet, hidden, seed, [question.Probe]);
        return spec with
        {
            Epochs = arm.Sets("epochs") ? spec.Epochs : question.Epochs ?? spec.Epochs,
            Limit = question.Limit,
            ProbeLayers = hidden.Length > 1 ? question.Layers : ProbedLayers.Last,
        };
    }

    private long StepsOf(RunSpec spec)
    {
        int available = spec.Limit > 0 ? Math.Min(spec.Limit, trainingSamples) : trainingSamples,
            samples = spec.HoldOutValidation ? Evaluation.Probes.TrainingFeatures.FitCountOf(available) : available;
        return spec.Batch == 0 ? 1 : (samples + spec.Batch - 1) / spec.Batch;
    }

    private RunSpec UntrainedOf(RunSpec spec) => RandomProjectionFamily.Untrained(rules, spec);

    private static RunSpec WithRate(RunSpec spec, double factor) =>
        spec with
        {
            LearningRate = RateMultiples.Of(spec.LearningRate, factor),
        };

    private static RunSpec WithScale(RunSpec spec, double factor) =>
        spec with
        {
            InitialScale = RateMultiples.Of(spec.InitialScale, factor),
        };

    private static IEnumerable<RunSpec> Trials(RunSpec spec, Func<RunSpec, double, RunSpec> vary, long firstSeed) =>
        from factor in Factors
        from seed in Enumerable.Range(0, SearchSeeds)
        select vary(spec, factor) with
        {
            Seed = firstSeed + SeedDistance + seed,
        };

    /// <summary>
    /// The trial whose probe has the best mean accuracy on validation samples; of equal ones that nearest to the rule's
    /// own setting. One at which a run diverged is taken only if all did.
    /// </summary>
    private static RunSpec Best(
        RunSpec spec,
        Func<RunSpec, double, RunSpec> vary,
        IReadOnlyDictionary<string, RunRecord> searched,
        long firstSeed
    )
    {
        double Score(RunSpec trial) =>
            searched.GetValueOrDefault(trial.RunId()) is { } record
                ? TrialRow.Score(record, spec.Probes[0]) ?? double.NegativeInfinity
                : double.NegativeInfinity;
        return Trials(spec, vary, firstSeed)
            .Chunk(SearchSeeds)
            .Zip(Factors)
            .OrderBy(trials => Math.Abs(Math.Log(trials.Second)))
            .MaxBy(trials => trials.First.Average(Score))
            .First[0];
    }
}
