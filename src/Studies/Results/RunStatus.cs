using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>What became of a run, as the column "status" of tables spells it.</summary>
public static class RunStatus
{
    public const string Finished = "finished";
    public const string Diverged = "diverged";

    public static string Of(RunRecord record) => record.Divergence is null ? Finished : Diverged;
}
