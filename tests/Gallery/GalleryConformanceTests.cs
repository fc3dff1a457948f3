using System.Reflection;
using Gallery.Bcm;
using Gallery.EquilibriumPropagation;
using Gallery.FeedbackAlignment;
using Gallery.ForwardForward;
using Gallery.LocalLosses;
using Gallery.Pepita;
using Gallery.Perturbation;
using Gallery.PredictiveCoding;
using Gallery.SignSymmetry;
using Gallery.SimilarityMatching;
using Reproduction.Conformance;
using Reproduction.Evaluation.Execution;
using Reproduction.Network;

namespace Reproduction.Tests.Gallery;

/// <summary>Every rule of the gallery keeps the suite's laws, and is found as a plugin is.</summary>
public sealed class GalleryConformanceTests
{
    private static readonly Type[] Rules =
    [
        typeof(Bcm),
        typeof(DirectFeedbackAlignment),
        typeof(EquilibriumPropagation),
        typeof(FeedbackAlignment),
        typeof(ForwardForward),
        typeof(LocalLosses),
        typeof(MonoForward),
        typeof(NodePerturbation),
        typeof(Pepita),
        typeof(PredictiveCoding),
        typeof(SignSymmetry),
        typeof(SimilarityMatching),
        typeof(WeightPerturbation),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (Type rule in Rules)
            {
                foreach (string law in LearningRuleConformance.Laws)
                {
                    cases.Add(rule.Name, law);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_keeps_the_law(string rule, string law)
    {
        Activations.Register(new HardSigmoid());
        MethodInfo of = typeof(LearningRuleConformance).GetMethod(nameof(LearningRuleConformance.Of))!;
        LearningRuleConformance conformance = (LearningRuleConformance)
            of.MakeGenericMethod(Rules.Single(type => type.Name == rule)).Invoke(null, null)!;
        conformance.Require(law);
    }

    [Theory]
    [InlineData(LocalLossKind.Sim)]
    [InlineData(LocalLossKind.Predsim)]
    public void Local_losses_keep_every_law_with_every_loss(LocalLossKind kind)
    {
        LearningRuleConformance conformance = new(
            typeof(LocalLosses).GetCustomAttribute<LearningRuleAttribute>()!,
            () => new LocalLosses(new LocalLossesOptions { Kind = kind })
        );
        Assert.Empty(LearningRuleConformance.Laws.SelectMany(conformance.Violations));
    }

    [Theory]
    [InlineData(Magnitude.Fixed)]
    [InlineData(Magnitude.Redrawn)]
    public void Sign_symmetry_keeps_every_law_with_every_magnitude(Magnitude magnitude)
    {
        LearningRuleConformance conformance = new(
            typeof(SignSymmetry).GetCustomAttribute<LearningRuleAttribute>()!,
            () => new SignSymmetry(new SignSymmetryOptions { Magnitude = magnitude })
        );
        Assert.Empty(LearningRuleConformance.Laws.SelectMany(conformance.Violations));
    }

    [Fact]
    public void All_are_found_beside_the_executable_and_loaded_when_they_are_named()
    {
        RuleCatalog catalog = RuleCatalog.BuiltIn();
        string[] ids = [.. Rules.Select(rule => rule.GetCustomAttribute<LearningRuleAttribute>()!.Id)];
        Assert.Equal(ids.Order(StringComparer.Ordinal), catalog.Unloaded.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(catalog.Rules, rule => ids.Contains(rule.Id));
        Assert.Equal("bcm", catalog["bcm"].Id);
        Assert.Equal(ids.Length - 1, catalog.Unloaded.Count);
        Assert.Equal("Gallery.Bcm", Assert.Single(catalog["bcm"].Assemblies).GetName().Name);
        Assert.Equal("hard-sigmoid", catalog["equilibrium-propagation"].Attribute.Activation);
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void Each_references_the_networks_assembly_and_no_other_of_the_suite_but_numerics()
    {
        foreach (Assembly assembly in Rules.Select(rule => rule.Assembly).Distinct())
        {
            Assert.StartsWith("Gallery.", assembly.GetName().Name, StringComparison.Ordinal);
            Assert.All(
                assembly
                    .GetReferencedAssemblies()
                    .Where(name => name.Name!.StartsWith("Reproduction.", StringComparison.Ordinal)),
                name => Assert.Contains(name.Name, new[] { "Reproduction.Network", "Reproduction.Numerics" })
            );
        }
    }
}
