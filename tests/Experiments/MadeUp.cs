using Reproduction.Evaluation.Records;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Makes up records of runs that were never made.</summary>
internal static class MadeUp
{
    public static RunRecord Record(RunSpec spec) =>
        new()
        {
            RunId = spec.RunId(),
            Spec = spec,
            RuleOptions = Toy.Rules.Rules.Any(rule => rule.Id == spec.Rule)
                ? Toy.Rules[spec.Rule].Resolve(spec.RuleOptions)
                : spec.RuleOptions,
            DataSetSha256 = Toy.Set.Sha256,
            Code = "",
            Machine = Machine.Current,
        };
}
