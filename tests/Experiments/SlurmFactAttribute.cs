using Reproduction.Campaign.Faults;

namespace Reproduction.Tests.Experiments;

/// <summary>A test that hands jobs to a SLURM that runs on this machine; .ci/start-slurm starts one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute() => Skip = SharedFolders.SlurmIsRunning ? null! : "SLURM does not run on this machine";
}
