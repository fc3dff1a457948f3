using Reproduction.Evaluation.Records;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Records that nobody ran.</summary>
internal static class MadeUp
{
    public static RunRecord Record(RunSpec spec) =>
        new()
        {
            RunId = spec.RunId(),
            Spec = spec,
            DataSetSha256 = Toy.Set.Sha256,
            Code = "",
            Machine = Machine.Current,
        };
}
