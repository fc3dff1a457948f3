using System.ComponentModel;
using System.Diagnostics;

namespace Reproduction.Tests.Experiments;

/// <summary>A test that hands jobs to a SLURM that runs on this machine; .ci/start-slurm starts one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly bool IsRunning = AnswersSinfo();

    public SlurmFactAttribute()
    {
        Skip = IsRunning ? null! : "SLURM does not run on this machine";
    }

    private static bool AnswersSinfo()
    {
        try
        {
            using Process sinfo = Process.Start(new ProcessStartInfo("sinfo", ["--noheader", "--format=%t"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string states = sinfo.StandardOutput.ReadToEnd();
            sinfo.WaitForExit();
            return sinfo.ExitCode == 0 && (states.Contains("idle", StringComparison.Ordinal) || states.Contains("mix", StringComparison.Ordinal) || states.Contains("alloc", StringComparison.Ordinal));
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
