using Reproduction.Evaluation;

namespace Reproduction.Experiments;

/// <summary>What became of a run, as the column "status" of tables spells it.</summary>
internal static class RunStatus
{
    public const string Finished = "finished";
    public const string Diverged = "diverged";

    public static string Of(RunRecord record) => record.Divergence is null ? Finished : Diverged;
}
