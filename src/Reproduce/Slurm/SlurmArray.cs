using System.Globalization;
using System.Text;

namespace Reproduction.CommandLine.Slurm;

/// <summary>A batch script for SLURM: an array of tasks, each of which runs one shard of some experiments.</summary>
/// <param name="Tasks">The number of tasks, which is the number of shards.</param>
/// <param name="App">The folder of the executable that the tasks run. It is a copy, so that a new build does not change
/// running tasks.</param>
/// <param name="WorkingFolder">The folder in which the tasks run.</param>
/// <param name="LogFolder">The folder for the tasks' output.</param>
/// <param name="Arguments">The arguments of <c>reproduce</c>, without the shard and the number of threads.</param>
internal sealed record SlurmArray(
    int Tasks,
    string App,
    string WorkingFolder,
    string LogFolder,
    IReadOnlyList<string> Arguments
)
{
    // A task that fails is queued again at most so many times; SLURM counts them.
    private const int Restarts = 3;

    public string? Partition { get; init; }

    public string? Time { get; init; }

    public int? Processors { get; init; }

    public string? Memory { get; init; }

    /// <summary>Returns the text of the script.</summary>
    public string ToScript()
    {
        StringBuilder text = new();
        text.Append("#!/bin/bash\n");
        text.Append(
            "# An array of tasks, each of which runs one shard. Finished runs are kept, so the script may be "
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

            # A task that failed or was killed is queued again, but not after wrong usage (2), which would fail again.
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
                text.Append(CultureInfo.InvariantCulture, $"#SBATCH --{name}={Argument(value)}\n");
            }
        }

        static string Argument(string value) => value.All(IsPlain) ? value : $"\"{Escaped(value)}\"";

        static string Escaped(string value) =>
            value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    /// <summary>Quotes a word for a shell's command line where that is needed.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or ',' or '=' or '+' or '%' or '@';
}
