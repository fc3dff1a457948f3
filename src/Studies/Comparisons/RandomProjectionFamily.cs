using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>The networks that rules are held against: the same ones, untrained.</summary>
public static class RandomProjectionFamily
{
    /// <summary>The id of the rule that does not learn.</summary>
    public const string Random = "random";

    /// <summary>The family of the baselines, which are not compared with anything themselves.</summary>
    public const string Baseline = "baseline";

    /// <summary>Returns the spec of the same network before training, under the same probes.</summary>
    public static RunSpec Untrained(RuleCatalog rules, RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(spec);
        RuleDescription rule = rules[spec.Rule];
        if (rule.Infers)
        {
            // The untrained network infers as the trained one does, with the rule's parameters as drawn.
            return spec with
            {
                Epochs = 0,
                LearningRate = rule.Attribute.LearningRate,
                Schedule = RunSpec.ConstantSchedule,
                Diagnostics = 0,
                Snapshots = 0,
                Instruments = [],
            };
        }

        RunSpec random = rules[Random].Spec(spec.DataSet, spec.Hidden, spec.Seed, spec.Probes);
        return random with
        {
            Limit = spec.Limit,
            Activation = spec.Activation,
            Initialization = spec.Initialization,
            InitialScale = spec.InitialScale,
            Normalization = spec.Normalization,
            NormalizesInput = spec.NormalizesInput,
            ProbeLayers = spec.ProbeLayers,
            Targets = spec.Targets,

            // No probe reads the output layer, so rules with different ones share their random projections.
            Output = spec.Targets == RunSpec.AllTargets ? random.Output : spec.Output,
        };
    }
}
