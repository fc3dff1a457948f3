using Reproduction.Conformance;
using Xunit;

namespace MyRule.Tests;

public class ConformanceTests
{
    public static TheoryData<string> Laws => [.. LearningRuleConformance.Laws];

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_rule_keeps_the_law(string law) => LearningRuleConformance.Of<MyRule>().Require(law);
}
