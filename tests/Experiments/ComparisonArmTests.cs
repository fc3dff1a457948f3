using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Studies.Comparisons;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests what stands in brackets behind a rule.</summary>
public class ComparisonArmTests
{
    [Fact]
    public void A_name_is_the_rules_own_option_where_it_has_one_and_else_a_setting_of_all()
    {
        RunSpec[] specs =
        [
            .. ComparisonArm
                .Parse("krotov-hopfield[norm=3,epochs=4],softhebb[norm=layer]", Toy.Rules)
                .Select(arm => arm.Spec("toy", [8], 1, [])),
        ];
        Assert.Equal("3", specs[0].RuleOptions["norm"]);
        Assert.Equal((Normalization.None, 4), (specs[0].Normalization, specs[0].Epochs));
        Assert.Equal(Normalization.Layer, specs[1].Normalization);
        Assert.Empty(specs[1].RuleOptions);
    }
}
