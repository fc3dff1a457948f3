using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Defaults that are said to be found are those that the committed search found.</summary>
public class DefaultsTests
{
    [Fact]
    public void Target_propagations_defaults_are_what_the_option_search_found_on_MNIST()
    {
        ResultTable search = ResultTable.Load(
            Path.Combine(RealData.Root, "results", "paper", "target-propagation", "mnist"),
            "option-search"
        );
        string[] best = search
            .Rows.Where(row => search.Text(row, "rule") == "target-propagation")
            .MaxBy(row => search.Number(row, "validationAccuracy") ?? 0)!;
        RunSpec spec = Toy.Rules["target-propagation"].Spec("mnist", [256], 1, []);
        Assert.Equal(
            (
                search.Text(best, "options"),
                search.Text(best, "optimizer"),
                search.Number(best, "learningRate"),
                search.Text(best, "batch"),
                search.Text(best, "activation")
            ),
            (
                string.Join(' ', spec.RuleOptions.Select(option => $"{option.Key}={option.Value}")),
                KebabCase.From(spec.Optimizer),
                spec.LearningRate,
                $"{spec.Batch}",
                spec.Activation
            )
        );
    }
}
