using System.Globalization;
using System.Text;

namespace Reproduction.CommandLine.Slurm;

/// <summary>A batch script for SLURM: an array of tasks, each a share of some experiments' runs.</summary>
/// <param name="Tasks">How many shares.</param>
/// <param name="App">The folder of the executable that tasks run: a copy, so that a new build does not change what is
/// running.</param>
/// <param name="WorkingFolder">Where tasks run.</param>
/// <param name="LogFolder">Where their output goes.</param>
/// <param name="Arguments">Of <c>reproduce</c>, but for the share and the number of threads.</param>
internal sealed record SlurmArray(
    int Tasks,
    string App,
    string WorkingFolder,
    string LogFolder,
    IReadOnlyList<string> Arguments
)
{
    // How often a task that fails is queued again; SLURM counts.
    private const int Restarts = 3;

    public string? Partition { get; init; }

    public string? Time { get; init; }

    public int? Processors { get; init; }

    public string? Memory { get; init; }

    /// <summary>The text of the script.</summary>
    public string ToScript()
    {
        StringBuilder text = new();
        text.Append("#!/bin/bash\n");
        text.Append(
            "# An array of tasks, each a share of the runs. What is finished is kept: the script may be "
                + "submitted again at any time.\n"
        );
        Directive("job-name", "reproduce");
        Directive("array", string.Create(CultureInfo.InvariantCulture, $"1-{Tasks}"));
        Directive("chdir", WorkingFolder);
        Directive("output", Path.Combine(LogFolder, "%A_%a.log"));
        Directive("open-mode", "append");
        text.Append("#SBATCH --requeue\n");
        Directive("partition", Partition);
        Directive("time", Time);
        Directive("cpus-per-task", Processors?.ToString(CultureInfo.InvariantCulture));
        Directive("mem", Memory);
        text.Append(
            CultureInfo.InvariantCulture,
            $"""

            dotnet {Quoted(Path.Combine(App, "reproduce.dll"))} {string.Join(' ', Arguments.Select(Quoted))} \
              --shard "$SLURM_ARRAY_TASK_ID/{Tasks}" --threads "${"{SLURM_CPUS_PER_TASK:-1}"}"
            code=$?

            # A task that failed, or was killed, is queued again; one that was called wrongly (2) would fail again.
            if [ "$code" -ne 0 ] && [ "$code" -ne 2 ] && [ "${"{SLURM_RESTART_COUNT:-0}"}" -lt {Restarts} ]; then
              scontrol requeue "${"{SLURM_ARRAY_JOB_ID}"}_$SLURM_ARRAY_TASK_ID"
            fi
            exit "$code"

            """
        );
        return text.ToString();

        void Directive(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    "#SBATCH "
                        + $"--{name}={(value.Any(c => !IsPlain(c)) ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : value)}\n"
                );
            }
        }
    }

    /// <summary>A word of a shell's command line.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or ',' or '=' or '+' or '%' or '@';
}
