using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>The values of the column "status" of tables.</summary>
public static class RunStatus
{
    public const string Finished = "finished";
    public const string Diverged = "diverged";

    public static string Of(RunRecord record) => record.Divergence is null ? Finished : Diverged;
}
