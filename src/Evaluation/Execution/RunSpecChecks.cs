using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Evaluation.Execution;

/// <summary>Checks a spec's values, so that a wrong one is named before anything runs.</summary>
public static class RunSpecChecks
{
    /// <summary>Checks all that can be checked without data.</summary>
    /// <exception cref="SpecificationException">A value is out of range or a name unknown.</exception>
    public static void Validate(this RunSpec spec, RuleCatalog rules)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(rules);
        Require(
            spec.Hidden.All(width => width is >= 1 and <= RunSpec.MostUnits),
            $"--hidden {string.Join(",", spec.Hidden)}: a layer has 1 to {RunSpec.MostUnits} units"
        );
        Require(spec.Hidden.Length <= RunSpec.MostLayers, $"--hidden: at most {RunSpec.MostLayers} layers");
        Require(
            spec.Dropout is >= 0 and < 1,
            $"--dropout {RunJson.Number(spec.Dropout)}: a share of at least 0 and below 1"
        );
        Require(
            spec.LearningRate is >= 0 and <= 1e6,
            $"--learning-rate {RunJson.Number(spec.LearningRate)}: a number from 0 to 1e6"
        );
        Require(
            spec.InitialScale is >= 1e-3 and <= 1e3,
            $"--init-scale {RunJson.Number(spec.InitialScale)}: a number from 0.001 to 1000"
        );
        Require(spec.Epochs is >= 0 and <= 100_000, $"--epochs {spec.Epochs}: a whole number from 0 to 100000");
        Require(
            spec.Batch is >= 0 and <= 100_000,
            $"--batch {spec.Batch}: a whole number from 1 to 100000, or 0 for all samples in one step"
        );
        Require(
            spec.Normalization != Normalization.Batch || spec.Batch != 1,
            "--norm batch --batch 1: a batch of one sample has no deviation; take more samples a step"
        );
        Require(
            spec.Normalization != Normalization.Batch || spec.Epochs > 0,
            "--norm batch --epochs 0: what evaluation normalises with is measured in training; take at "
                + "least one epoch, or another --norm"
        );
        Require(spec.Limit is 0 or >= 100, $"--limit {spec.Limit}: at least 100 samples, or 0 for all");
        Require(
            spec.Diagnostics is >= 0 and <= 1_000_000,
            $"--diagnostics {spec.Diagnostics}: a whole number of steps from 1 to 1000000, or 0 for none"
        );
        Require(spec.Snapshots is >= 0 and <= 1024, $"snapshots {spec.Snapshots}: 0 to 1024 neurons");
        _ = rules[spec.Rule];
        rules.ProvideFor(spec);
        foreach (string name in new[] { spec.Activation, spec.Output })
        {
            try
            {
                Activations.Parse(name);
            }
            catch (ArgumentException exception)
            {
                throw new SpecificationException(exception.Message, exception);
            }
        }

        WeightControl.Parse(spec.Control);
        foreach (string probe in spec.Probes)
        {
            ProbeCatalog.Find(probe, spec.Normalization);
        }

        foreach (string instrument in spec.Instruments)
        {
            InstrumentCatalog.TypeOf(instrument);
        }

        RateSchedule.Parse(spec.Schedule);
        if (spec.Fold.Length > 0)
        {
            Fold.Parse(spec.Fold);
            Require(
                spec.HoldOutValidation,
                $"--fold {spec.Fold}: nothing is held out from the rule; use --hold-out true"
            );
            Require(
                spec.Probes.Length == 0,
                $"--fold {spec.Fold}: probes hold out samples of their own; leave out --probe"
            );
        }

        RuleDescription rule = rules[spec.Rule];
        rule.Resolve(spec.RuleOptions);
        rule.SettingsOf(spec);
        Require(
            !spec.Layerwise || !rule.Infers,
            $"--layerwise: {spec.Rule} has inference of its own for all layers at once; leave it out"
        );
        if (spec.OutputWeights == OutputWeights.Sum)
        {
            RequireSum(spec, rule);
        }
    }

    private static void RequireSum(RunSpec spec, RuleDescription rule)
    {
        Require(
            spec.Hidden.Length > 0,
            "--output-weights sum: there is no hidden layer whose units could be added up; give --hidden some"
        );
        Require(
            spec.Normalization == Normalization.None && spec.Dropout == 0,
            "--output-weights sum: under --norm or --dropout the output is no sum of its units; leave them out"
        );
        Require(
            rule.Supervision != Supervision.None && !rule.Infers,
            $"--output-weights sum: {spec.Rule} has no output layer that is trained from the hidden ones; leave it out"
        );
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new SpecificationException(message);
        }
    }
}
