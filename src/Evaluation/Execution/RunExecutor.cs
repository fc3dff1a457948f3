using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Execution;

/// <summary>Executes one spec: draws the network, trains it and probes it.</summary>
public sealed class RunExecutor(RuleCatalog rules)
{
    // More bytes of features than this are collected as soon as they are no longer used.
    internal const long FeaturesToCollect = 1L << 26;

    /// <summary>Returns the fingerprint of the code that a run of the spec would use now.</summary>
    public string CodeOf(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        rules.ProvideFor(spec);
        return CodeFingerprint.Of(
            rules[spec.Rule],
            spec.Instruments,
            [
                Activations.Parse(spec.Activation).GetType().Assembly,
                Activations.Parse(spec.Output).GetType().Assembly,
                .. DataSets.PluginOf(spec.DataSet) is { } source ? [source] : Array.Empty<System.Reflection.Assembly>(),
                .. spec.Probes.Select(id => ProbeCatalog.Find(id, spec.Normalization).GetType().Assembly),
            ]
        );
    }

    /// <summary>Runs the spec on its data set.</summary>
    /// <param name="progress">Receives the share of the run that is done, in [0, 1].</param>
    public RunRecord Execute(
        RunSpec spec,
        DataSet data,
        Action<double>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(data);
        spec.Validate(rules);
        data = data.Scaled(spec.Pixels);
        Require(
            !data.IsRegression || spec.Pixels == PixelScaling.Own,
            $"--pixels {KebabCase.From(spec.Pixels)}: {data.Title} has no pixels; leave it out"
        );
        Require(
            !data.IsRegression || spec.Probes.Length == 0,
            $"--probe {string.Join(",", spec.Probes)}: {data.Title} has no classes to probe for; leave it out"
        );
        RandomStreams random = new(spec.Seed);
        RuleDescription rule = rules[spec.Rule];
        Supervision supervision = rule.Create(spec.RuleOptions).Supervision;
        RunRecord record = new()
        {
            RunId = spec.RunId(),
            Spec = spec,
            RuleOptions = rule.Resolve(spec.RuleOptions),
            DataSetSha256 = data.Sha256,
            Code = CodeOf(spec),
            Machine = Machine.Current,
        };

        // Every network has its own streams, so a network trained alone equals the one trained among others.
        (DataSet Data, RandomStreams Random)[] parts =
            spec.Targets == RunSpec.AllTargets
                ? [(data, random)]
                :
                [
                    .. (spec.Targets == RunSpec.EachTarget ? data.Targets : [spec.Targets]).Select(target =>
                        (Only(data, target), random.Within(target))
                    ),
                ];
        Require(
            !parts[0].Data.IsRegression || Activations.Parse(spec.Output) is not Softmax,
            $"--output {spec.Output}: cannot say real numbers; use --output identity"
        );
        Require(
            !parts[0].Data.IsRegression || !rule.Attribute.NeedsClasses,
            $"--rule {spec.Rule}: learns classes, and {data.Title}"
                + (data.IsRegression ? "" : $" with --targets {spec.Targets}")
                + " has real numbers; take another"
                + (data.IsRegression ? " data set" : " rule, or all targets")
        );
        Stopwatch clock = Stopwatch.StartNew();
        double trainingShare =
            spec.Epochs == 0 ? 0
            : spec.Probes.Length == 0 ? 1
            : 0.5;
        List<NetworkTraining> trained = [];
        foreach ((DataSet own, RandomStreams streams) in parts)
        {
            NetworkTraining training = NetworkTraining.Run(
                spec,
                rule,
                own,
                streams,
                share => progress?.Invoke((trained.Count + share) / parts.Length * trainingShare),
                cancellation
            );
            trained.Add(training);
            if (training.Outcome.Divergence is { } divergence)
            {
                record.Seconds["train"] = clock.Elapsed.TotalSeconds;
                foreach ((string name, Series curve) in parts.Length == 1 ? training.Curves : [])
                {
                    record.Curves[name] = curve;
                }

                return record with
                {
                    Steps = training.Outcome.Steps,
                    Divergence = parts.Length > 1 ? $"{own.Targets[0]}: {divergence}" : divergence,
                };
            }
        }

        record.Seconds["train"] = clock.Elapsed.TotalSeconds;
        record = record with { Steps = trained[0].Outcome.Steps };
        Merge(trained, record);
        NetworkInference[] networks = [.. trained.Select(training => training.Inference)];
        if (supervision != Supervision.None)
        {
            DataSet asked = spec.Targets == RunSpec.EachTarget ? data : parts[0].Data;
            NetworkOutput output = NetworkOutput.Of(networks, asked.Test.Examples);
            if (!TensorPrimitives.IsFiniteAll<float>(output.Values.AsColumnMajorArray()))
            {
                return Diverged(record, "the weights are finite, but the network's outputs are not");
            }

            Test(record, output, asked);
        }

        return Probe(
            record,
            networks,
            data,
            random,
            share => progress?.Invoke(trainingShare + ((1 - trainingShare) * share)),
            cancellation
        );
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new SpecificationException(message);
        }
    }

    private static DataSet Only(DataSet data, string target)
    {
        Require(
            data.Targets.Contains(target),
            $"--targets {target}: {data.Title} {data.Lacks(target)}, {RunSpec.AllTargets}, {RunSpec.EachTarget}"
        );
        return data.Only(target);
    }

    /// <summary>
    /// Copies the measures and curves of one network to the record, or their means over several networks (of the work,
    /// the sum): the measures that all networks have, and the curves at the steps where all have a value.
    /// </summary>
    private static void Merge(List<NetworkTraining> trained, RunRecord record)
    {
        foreach (
            string name in trained[0]
                .Measures.Keys.Where(name => trained.All(training => training.Measures.ContainsKey(name)))
        )
        {
            // Several networks take several times the work; all else is a mean.
            record.Measures[name] =
                name == MeasureNames.MultiplyAdds
                    ? trained.Sum(training => training.Measures[name])
                    : trained.Average(training => training.Measures[name]);
        }

        foreach (
            string name in trained[0]
                .Curves.Keys.Where(name => trained.All(training => training.Curves.ContainsKey(name)))
        )
        {
            Series[] curves = [.. trained.Select(training => training.Curves[name])];
            int[] steps = [.. curves[0].Steps.Where(step => curves.All(curve => curve.Steps.Contains(step)))];
            record.Curves[name] =
                curves.Length == 1
                    ? curves[0]
                    : new Series(
                        steps,
                        [
                            .. steps.Select(step =>
                                curves.Average(curve => curve.Values[Array.IndexOf(curve.Steps, step)])
                            ),
                        ]
                    );
        }

        foreach ((string moment, WeightSnapshot weights) in trained[0].Snapshots)
        {
            record.Snapshots[moment] = weights;
        }
    }

    /// <summary>Measures the accuracy or error of the networks' own outputs on the test samples.</summary>
    private static void Test(RunRecord record, NetworkOutput output, DataSet data)
    {
        Examples test = data.Test.Examples;
        if (!data.IsRegression)
        {
            record.Measures[MeasureNames.TestAccuracy] = output.Accuracy(test);
            return;
        }

        IReadOnlyList<double> errors = output.NormalizedErrors(test);
        record.Measures[MeasureNames.TestError] = errors.Average();
        for (int o = 0; o < (errors.Count > 1 ? errors.Count : 0); o++)
        {
            record.Measures[MeasureNames.TestErrorOf(data.Targets[o])] = errors[o];
        }
    }

    /// <summary>
    /// Runs the probes. This is the final evaluation, and the only place that opens the test split for probes.
    /// </summary>
    private static RunRecord Probe(
        RunRecord record,
        IReadOnlyList<NetworkInference> networks,
        DataSet data,
        RandomStreams random,
        Action<double> progress,
        CancellationToken cancellation
    )
    {
        RunSpec spec = record.Spec;
        if (spec.Probes.Length == 0)
        {
            return record;
        }

        int total = spec.ProbeNames().Count(),
            done = 0;
        foreach (int layers in spec.ProbedLayerCounts())
        {
            Stopwatch clock = Stopwatch.StartNew();
            Examples samples = spec.Limit == 0 ? data.Training.Examples : data.Training.Examples.Take(spec.Limit);
            TrainingFeatures training = new(Features.Of(networks, samples, layers));
            TestFeatures test = new(Features.Of(networks, data.Test.Examples, layers));
            record.Seconds["features"] = record.Seconds.GetValueOrDefault("features") + clock.Elapsed.TotalSeconds;
            if (!training.All.AreFinite || !test.All.AreFinite)
            {
                return Diverged(record, "the weights are finite, but the features they give are no longer");
            }

            if (layers == spec.Hidden.Length)
            {
                record.Measures[MeasureNames.FeatureDeviation] = Standardization
                    .Of(training.All.Values, training.All.Count)
                    .RootMeanVariance;
            }

            foreach (string id in spec.Probes)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(done++ / (double)total);
                clock.Restart();
                IProbe probe = ProbeCatalog.Find(id, spec.Normalization);
                string name = MeasureNames.ProbeOn(probe.Id, layers, spec.Hidden.Length);
                ProbeResult result;
                try
                {
                    result = probe switch
                    {
                        ITestPeekingProbe peeking => peeking.Run(training, test, random, cancellation),
                        IHonestProbe honest => Score(honest.Fit(training, random, cancellation), test),
                        _ => throw new InvalidOperationException($"Probe {probe.Id} is of no known kind."),
                    };
                }
                catch (UnfitFeaturesException exception)
                {
                    return Diverged(record, $"probe {name}: {exception.Message}");
                }

                record.Seconds[$"probe.{name}"] = clock.Elapsed.TotalSeconds;
                if (result.Divergence is { } divergence)
                {
                    return Diverged(record, $"probe {name}: {divergence}");
                }

                RecordProbe(record, name, result);

                // Left to itself, the garbage collector lets several probes' copies of large features pile up.
                if ((long)training.All.Dimension * training.All.Count * sizeof(float) > FeaturesToCollect)
                {
                    GC.Collect();
                }
            }
        }

        return record;
    }

    /// <summary>Returns the record of a run that failed after training; it keeps none of its measurements.</summary>
    private static RunRecord Diverged(RunRecord record, string divergence) =>
        record with
        {
            Divergence = divergence,
            Measures = new(StringComparer.Ordinal),
            Curves = new(StringComparer.Ordinal),
            Snapshots = new(StringComparer.Ordinal),
            Correct = new(StringComparer.Ordinal),
        };

    private static ProbeResult Score(FittedProbe fitted, TestFeatures test)
    {
        Predictions predictions = fitted.Predict(test.All);
        return new ProbeResult(predictions, fitted.Details, new Series([], []));
    }

    private static void RecordProbe(RunRecord record, string probe, ProbeResult result)
    {
        record.Measures[MeasureNames.Probe(probe, "testAccuracy")] = result.TestAccuracy;
        record.Measures[MeasureNames.Probe(probe, "classesNeverPredicted")] = result.ClassesNeverPredicted;
        record.Correct[probe] = result.Predictions.CorrectBits;
        int[] counts = result.Predictions.Counts;
        for (int k = 0; k < counts.Length; k++)
        {
            record.Measures[MeasureNames.Probe(probe, string.Create(CultureInfo.InvariantCulture, $"predicted.{k}"))] =
                counts[k];
        }

        foreach ((string name, double value) in result.Details)
        {
            record.Measures[MeasureNames.Probe(probe, name)] = value;
        }

        if (result.TrainingLoss.Steps.Length > 0)
        {
            record.Curves[MeasureNames.Probe(probe, MeasureNames.TrainingLoss)] = result.TrainingLoss;
        }
    }
}
