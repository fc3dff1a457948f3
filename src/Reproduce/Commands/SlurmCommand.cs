using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Reproduction.CommandLine.Display;
using Reproduction.CommandLine.Slurm;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Running;
using Reproduction.Studies.Shards;

namespace Reproduction.CommandLine.Commands;

/// <summary>
/// The command <c>slurm</c> writes and submits an array of shards; <c>slurm status</c> shows the state of their runs.
/// </summary>
internal sealed class SlurmCommand
{
    private readonly CommonOptions common;
    private readonly Argument<string[]> names = new("experiments")
    {
        Description = "experiment ids from 'list', or a paper [default: all]",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<int> tasks = new("--tasks")
    {
        Description = "number of tasks in the array; each task runs one shard",
        Required = true,
        HelpName = "N",
    };
    private readonly Option<bool> submit = new("--submit") { Description = "submit the script with sbatch" };
    private readonly Option<string?> partition = new("--partition")
    {
        Description = "SLURM partition [default: the cluster's]",
        HelpName = "P",
    };
    private readonly Option<string?> time = new("--time")
    {
        Description = "time limit per task in SLURM's format, e.g. 2:00:00 [default: the partition's]",
        HelpName = "T",
    };
    private readonly Option<int?> processors = new("--cpus")
    {
        Description = "processors per task [default: one]",
        HelpName = "C",
    };
    private readonly Option<string?> memory = new("--memory")
    {
        Description = "memory per task in SLURM's format, e.g. 4G [default: the partition's]",
        HelpName = "M",
    };

    private SlurmCommand(CommonOptions common)
    {
        this.common = common;
    }

    public static Command Create(CommonOptions common)
    {
        SlurmCommand slurm = new(common);
        Command command = new("slurm", "split experiments over the tasks of a SLURM array")
        {
            slurm.names,
            slurm.tasks,
            slurm.submit,
            slurm.partition,
            slurm.time,
            slurm.processors,
            slurm.memory,
            common.ProfileName,
            common.Plugins,
            common.DataSet,
            common.Seed,
            common.Seeds,
            common.Results,
            common.Data,
            common.Quiet,
            Status(common),
        };
        command.SetAction(slurm.Execute);
        return command;
    }

    private int Execute(ParseResult arguments)
    {
        IDisplay display = common.Display(arguments);
        ResultLayout layout = common.Layout(arguments);
        IReadOnlyList<Experiment> experiments = ExperimentCatalog.Select(arguments.GetValue(names)!);
        Profile profile = common.Profile(arguments);
        IReadOnlyList<long> seeds = common.SeedList(arguments, profile);
        string dataSet = CommonOptions.RequireDataSet(arguments.GetValue(common.DataSet)!);
        common.RequireDataFolder(arguments);
        int count = arguments.GetValue(tasks) is >= 1 and <= Shard.Most and var number
            ? number
            : throw new SpecificationException($"--tasks {arguments.GetValue(tasks)}: 1 to {Shard.Most}");
        if (arguments.GetValue(processors) is < 1 or > 1024)
        {
            throw new SpecificationException($"--cpus {arguments.GetValue(processors)}: 1 to 1024");
        }

        foreach (Option<string?> option in (Option<string?>[])[partition, time, memory])
        {
            if (
                arguments.GetValue(option) is { } value
                && !(
                    value.Length > 0
                    && value.All(c => char.IsAsciiLetterOrDigit(c) || "-_.,:+".Contains(c, StringComparison.Ordinal))
                )
            )
            {
                throw new SpecificationException(
                    $"{option.Name} {value}: letters, digits and - _ . , : +, as SLURM writes it"
                );
            }
        }

        AtomicFile.RequireWritable(layout.Results);
        RuleCatalog rules = common.Rules(arguments);
        ExperimentRunner runner = new(layout, rules, display, 1, Shard.All);
        display.Line($"{runner.Count(experiments, profile, dataSet, seeds)} run(s) in {count} task(s)");
        string folder = Path.GetFullPath(Path.Combine(layout.Results, "slurm")),
            logs = Path.Combine(folder, "logs"),
            script = Path.Combine(folder, "array.sh");
        Directory.CreateDirectory(logs);
        SlurmArray array = new(
            count,
            PublishedApp.CopyTo(folder),
            Environment.CurrentDirectory,
            logs,
            [
                "run",
                .. experiments.Select(experiment => experiment.Id),
                "--profile",
                KebabCase.From(profile),
                "--dataset",
                dataSet,
                "--seeds",
                Text(seeds.Count),
                "--seed",
                Text(seeds[0]),
                .. (arguments.GetValue(common.Plugins) ?? []).SelectMany(path =>
                    new[] { "--plugin", Path.GetFullPath(path) }
                ),
                "--results",
                Path.GetFullPath(layout.Results),
                .. Directory.Exists(common.DataFolder(arguments))
                    ? (string[])["--data", Path.GetFullPath(common.DataFolder(arguments))]
                    : [],
                "--offline",
                "--quiet",
            ]
        )
        {
            Partition = arguments.GetValue(partition),
            Time = arguments.GetValue(time),
            Processors = arguments.GetValue(processors),
            Memory = arguments.GetValue(memory),
        };
        AtomicFile.Write(script, array.ToScript());
        display.Line($"script: {script}");
        bool isSearching = runner.HasSearch(experiments, profile, dataSet, seeds);
        if (!arguments.GetValue(submit))
        {
            string again = isSearching
                ? ", and once more when that has ended: first come the searches, then what depends on them"
                : "";
            display.Line($"submit it with 'sbatch {script}'{again}; 'reproduce slurm status' says how far it is");
            return ExitCode.Done;
        }

        string job = Submit(script);
        display.Line($"submitted: job {job}");
        if (isSearching)
        {
            display.Line(
                $"submitted: job {Submit($"--dependency=afterany:{job}", script)}, when that has ended, "
                    + "for the runs that depend on its searches"
            );
        }

        return ExitCode.Done;
    }

    private static string Submit(params string[] words)
    {
        try
        {
            using Process sbatch = Process.Start(
                new ProcessStartInfo("sbatch", ["--parsable", .. words])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            Task<string> error = sbatch.StandardError.ReadToEndAsync();
            string output = sbatch.StandardOutput.ReadToEnd().Trim();
            sbatch.WaitForExit();
            return sbatch.ExitCode == 0
                ? output.Split(';')[0]
                : throw new ResultsException(
                    $"sbatch refused {words[^1]}: {error.Result.Trim().ReplaceLineEndings(" ")}"
                );
        }
        catch (Win32Exception)
        {
            throw new ResultsException(
                $"sbatch: there is no such program here; submit {words[^1]} on a machine of the cluster"
            );
        }
    }

    private static Command Status(CommonOptions common)
    {
        Command command = new("status", "show which runs of the shards are finished, running, failed or missing")
        {
            common.Plugins,
            common.Results,
        };
        command.SetAction(arguments =>
        {
            ResultLayout layout = common.Layout(arguments);
            if (!Directory.Exists(layout.Results))
            {
                throw new ResultsException(
                    $"{layout.Results}: there is no such folder; name the folder of an array's results with --results"
                );
            }

            IReadOnlyList<ShardPlan> plans = ShardPlan.In(layout);
            if (plans.Count == 0)
            {
                Console.WriteLine($"{layout.Plans}: no shard has begun yet");
                return;
            }

            HashSet<string> passedOver = [];
            RuleCatalog rules = common.Rules(arguments);
            ShardStatus[] states =
            [
                .. plans.SelectMany(plan => ShardStatus.Of(plan, layout, rules, line => passedOver.Add(line))),
            ];
            CommonOptions
                .Display(quiet: false)
                .Table(
                    new Table(
                        "Runs of shards",
                        layout.Results,
                        ["experiment", "data set", "finished", "running", "failed", "missing", "of"],
                        [
                            .. states.Select(state =>
                                (IReadOnlyList<string>)
                                    [
                                        state.Experiment,
                                        state.DataSet,
                                        Text(state.Finished),
                                        Text(state.Running),
                                        Text(state.Failed),
                                        Text(state.Missing),
                                        state.IsSearching
                                            ? $"{Text(state.All)}, and more after the search"
                                            : Text(state.All),
                                    ]
                            ),
                        ],
                        [
                            states.All(state => state.Finished + state.Failed == state.All && !state.IsSearching)
                                ? "Nothing is missing: 'reproduce merge' assembles the results."
                                : "To make the missing runs, submit the script again, or wait for the tasks "
                                    + "that are still in the queue.",
                            .. passedOver.Count > 0
                                ?
                                [
                                    $"{passedOver.Count} record(s) are damaged, or of other data or "
                                        + "another build than this one: their runs count as missing.",
                                ]
                                : Array.Empty<string>(),
                        ]
                    )
                );
        });
        return command;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
