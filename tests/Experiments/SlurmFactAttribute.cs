using Reproduction.Campaign.Disturbances;

namespace Reproduction.Tests.Experiments;

/// <summary>Marks a test that submits jobs to a SLURM on this machine; .ci/start-slurm starts one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute() => Skip = SharedFolders.SlurmIsRunning ? null! : "SLURM does not run on this machine";
}
