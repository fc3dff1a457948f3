using Reproduction.Evaluation.Records;
using Reproduction.Experiments.TargetPropagation;
using Reproduction.Studies.Results;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests that defaults chosen by a search are those that the committed search found.</summary>
public class DefaultsTests
{
    [Fact]
    public void Target_propagations_defaults_are_what_the_option_search_found_on_MNIST()
    {
        AccuracyRow best = ResultTable<AccuracyRow>
            .Load(Path.Combine(RealData.Root, "results", "paper", "target-propagation", "mnist"), "option-search")
            .Rows.Where(row => row.Run.Rule == "target-propagation")
            .MaxBy(row => row.ValidationAccuracy ?? 0)!;
        RunSpec spec = Toy.Rules["target-propagation"].Spec("mnist", [256], 1, []);
        SortedDictionary<string, string> options = Toy.Rules["target-propagation"].Resolve(spec.RuleOptions);
        Assert.Equal(
            (best.Run.Options, best.Run.Optimizer, best.Run.LearningRate, best.Run.Batch, best.Run.Activation),
            (
                string.Join(' ', options.Select(option => $"{option.Key}={option.Value}")),
                KebabCase.From(spec.Optimizer),
                spec.LearningRate,
                spec.Batch,
                spec.Activation
            )
        );
    }
}
