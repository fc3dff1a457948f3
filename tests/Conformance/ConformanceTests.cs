using Reproduction.Conformance;
using Reproduction.Evaluation.Execution;
using Reproduction.Network;

namespace Reproduction.Tests.Conformance;

public class ConformanceTests
{
    /// <summary>
    /// Every built-in rule with its defaults, and with options that take another path through its code.
    /// </summary>
    public static TheoryData<string> Rules { get; } =
        new([
            .. RuleCatalog.BuiltIn().Rules.Select(rule => rule.Id),
            "backprop loss=squared-error",
            "competitive mask=as-printed",
            "competitive mask=anti-hebbian",
            "hebbnet anti-hebbian=false",
            "softhebb train-output=false",
            "krotov-hopfield norm=3",
            "krotov-hopfield scale-step=false",
            "influence-hebb influence=ones",
            "influence-hebb influence=random-fixed",
            "influence-hebb influence=random-redrawn",
            "influence-hebb influence=noise",
            "kickback hops=0",
            "kickback hops=3",
            "kickback influence=constant",
            "kickback normalization-pass=scale",
            "target-propagation estimator=as-written",
            "target-propagation activation-pass=inverse",
            "target-propagation draw=conjugate",
            "target-propagation draw=data",
            "target-propagation directions=1",
        ]);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_of_the_suite_keeps_every_law(string text)
    {
        string[] parts = text.Split(' ', '=');
        RuleDescription rule = RuleCatalog.BuiltIn()[parts[0]];
        Dictionary<string, string> options = parts.Length == 1 ? [] : new() { [parts[1]] = parts[2] };
        LearningRuleConformance conformance = new(rule.Attribute, () => rule.Create(options));
        Assert.Empty(LearningRuleConformance.Laws.SelectMany(conformance.Violations));
    }

    [Theory]
    [InlineData(Breach.None, null)]
    [InlineData(Breach.MixesSamples, "a sample settles")]
    [InlineData(Breach.RemembersInObject, "another object of the rule settles")]
    [InlineData(Breach.WritesWhileInferring, "inference: weights of layer 1, entry 0")]
    public void Inference_is_a_function_of_the_network_and_of_each_sample_by_itself(Breach breach, string? expected)
    {
        LearningRuleAttribute attribute = new("bad")
        {
            Summary = "",
            Family = "",
            Source = "",
        };
        IReadOnlyList<string> violations = new LearningRuleConformance(
            attribute,
            () => new BadInference(breach)
        ).Violations("inference");
        if (expected is null)
        {
            Assert.Empty(violations);
        }
        else
        {
            Assert.Contains(violations, line => line.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(Breach.AmbientRandomness, "deterministic", "two runs with the same seed: weights of layer 1, entry")]
    [InlineData(
        Breach.SeedIgnored,
        "seeded",
        "asks for the random stream(s) noise, yet under another seed of them its weights and notes after "
            + "7 steps are the same"
    )]
    [InlineData(Breach.WritesWeights, "zero-rate", "learning rate 0, after 7 steps: weights of layer 1, entry 0")]
    [InlineData(Breach.WritesWeights, "reads-only", "the proposal of step 1: weights of layer 1, entry 0")]
    [InlineData(Breach.WritesOutput, "reads-only", "the proposal of step 1 changed the output of layer 1: entry 0 was")]
    [InlineData(
        Breach.NotANumber,
        "finite",
        "two hidden layers of 8 and 6 units, batches of 16: step 3 proposes NaN as entry 0 of the weights of layer 1"
    )]
    [InlineData(Breach.SumsColumns, "columns", "away from the step of the batch; divide by the columns of the layer's")]
    [InlineData(Breach.LateralParameter, "inference", "parameter lateral0 holds 8 × 8 weights between the units of a")]
    [InlineData(Breach.LateralState, "inference", "an array of the state holds 8 × 8 weights between the units of a")]
    [InlineData(Breach.NeedsTwoUnits, "any-shape", "one hidden unit: ArgumentOutOfRangeException at step 1")]
    [InlineData(Breach.ReadsTargets, "supervision", "NullReferenceException")]
    [InlineData(Breach.ChangesSupervision, "supervision", "declares None before training and Target after 7 steps")]
    [InlineData(Breach.HiddenState, "state", "state saved and loaded after 3 of 7 steps: weights of layer 1, entry 0")]
    [InlineData(Breach.LosesState, "state", "state saved and loaded after 3 of 7 steps: weights of layer 1, entry 0")]
    [InlineData(
        Breach.ReadsAbove,
        "locality",
        "layer 3 disturbed changes the proposal of layer 1, which the rule says it does not read there (Layer): entry"
    )]
    [InlineData(
        Breach.ReadsBelow,
        "locality",
        "layer 1 disturbed changes the proposal of layer 2, which the rule says it does not read there (Layer): entry"
    )]
    [InlineData(Breach.ReadsRecordBelow, "locality", "layer 1 disturbed changes the proposal of layer 2")]
    [InlineData(
        Breach.ReadsAboveForBias,
        "locality",
        "layer 3 disturbed changes the proposal of layer 1, which the rule says it does not read there "
            + "(Layer): entry 0 of the biases was"
    )]
    [InlineData(Breach.ReadsAboveLater, "locality", "a step later: entry 0 of the weights was")]
    [InlineData(Breach.AddsToProposal, "finite", "step 1 proposes NaN as entry 0 of the weights of layer 1")]
    [InlineData(Breach.ReadsScratch, "finite", "step 1 proposes NaN as entry 0 of the weights of layer 1")]
    [InlineData(Breach.RefusesAll, "finite", "refuses every network it was offered: no")]
    [InlineData(Breach.RefusesAll, "any-shape", "refuses every one of 6 networks: no")]
    public void A_rule_that_breaks_a_law_is_told_which_where_and_by_how_much(Breach breach, string law, string expected)
    {
        LearningRuleConformance conformance = new(
            new LearningRuleAttribute("bad")
            {
                Summary = "",
                Family = "",
                Source = "",
            },
            () => new BadRule(breach)
        );
        ConformanceException exception = Assert.Throws<ConformanceException>(() => conformance.Require(law));
        Assert.StartsWith($"bad breaks '{law}': ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_without_a_breach_keeps_all_laws_and_names_of_laws_are_checked()
    {
        LearningRuleConformance conformance = new(
            new LearningRuleAttribute("good")
            {
                Summary = "",
                Family = "",
                Source = "",
            },
            () => new BadRule(Breach.None)
        );
        Assert.All(LearningRuleConformance.Laws, conformance.Require);
        Assert.Contains(
            "deterministic, seeded",
            Assert.Throws<ArgumentException>(() => conformance.Require("gravity")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_rule_may_refuse_networks_and_is_tried_on_those_it_takes()
    {
        LearningRuleConformance conformance = new(
            new LearningRuleAttribute("picky")
            {
                Summary = "",
                Family = "",
                Source = "",
            },
            () => new BadRule(Breach.RefusesTwoLayers)
        );
        Assert.All(LearningRuleConformance.Laws, conformance.Require);
    }

    [Fact]
    public void A_rule_is_made_from_its_class_alone() =>
        Assert.All(
            LearningRuleConformance.Laws,
            LearningRuleConformance.Of<Reproduction.Algorithms.Hebbian.Competitive>().Require
        );
}
