using System.CommandLine;
using System.Globalization;
using Reproduction.Campaign.BadInput;
using Reproduction.Campaign.Disturbances;
using Reproduction.Campaign.Endurance;
using Reproduction.Campaign.Fuzzing;

namespace Reproduction.Campaign;

/// <summary>Tries to make the suite lose something and reports the outcome.</summary>
internal static class Program
{
    private const string Inputs = "inputs",
        Files = "files";

    private static readonly (string Name, Func<TrialBench, int, Task<TrialResult>> Try)[] Disturbances =
    [
        ("full-disk", (bench, kills) => Disks.Full(bench, Few(kills))),
        ("read-only", (bench, kills) => Disks.ReadOnly(bench, Few(kills))),
        ("damage", DamagedRecords.Damage),
        ("clock", (bench, kills) => Clocks.SetBack(bench, Few(kills))),
        ("two-processes", (bench, kills) => SharedFolders.TwoProcesses(bench, Few(kills))),
        ("interrupt", (bench, kills) => Signals.Send(bench, "INT", 130, 2 * Few(kills))),
        ("terminate", (bench, kills) => Signals.Send(bench, "TERM", 143, 2 * Few(kills))),
        ("shard", (bench, kills) => SharedFolders.KilledShard(bench, Few(kills))),
        ("slurm", (bench, kills) => SharedFolders.KilledTask(bench, (Few(kills) + 4) / 5)),
        ("drawing", (bench, kills) => Kills.OfDrawing(bench, 2 * Few(kills))),
        ("kill-mixed", (bench, kills) => Kills.OfMixedRuns(bench, 2 * Few(kills))),
        ("kill", Kills.OfAQuickSweep),
    ];

    private static readonly (string Name, Func<TrialBench, int, Task<TrialResult>> Try)[] Endurance =
    [
        ("memory", (bench, kills) => Memory.OfManyRuns(bench.Reproduce, 5 * kills)),
        ("grid", (bench, kills) => LargeGrid.Handle(bench.Reproduce, "table-1", "digits", 100 * kills)),
    ];

    private static async Task<int> Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string[] parts = [Inputs, Files, .. Disturbances.Concat(Endurance).Select(kind => kind.Name)];
        Option<int> seed = new("--seed")
        {
            Description = "seed that decides when disturbances strike and how files are changed",
            DefaultValueFactory = _ => 1,
        };
        Option<int> kills = new("--kills")
        {
            Description =
                "kills of one sweep; other disturbances are tried a tenth or a fifth as often, records damaged as "
                + "often, runs made five times and records listed a hundred times as many",
            DefaultValueFactory = _ => 100,
        };
        Option<int> inputs = new("--inputs")
        {
            Description = "changed files per reader",
            DefaultValueFactory = _ => 20_000,
        };
        Option<string[]> only = new("--only")
        {
            Description = "parts of the campaign to run",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => parts,
        };
        only.AcceptOnlyFromAmong(parts);
        Option<FileInfo?> page = new("--page") { Description = "the Markdown page to write" },
            badInputPage = new("--bad-input-page") { Description = "the Markdown page of all bad inputs to write" };
        RootCommand root = new("Kills, floods, damages and misuses the suite, and says what was lost.")
        {
            seed,
            kills,
            inputs,
            only,
            page,
            badInputPage,
        };
        root.SetAction(async parsed =>
        {
            string[] chosen = parsed.GetValue(only)!;
            if (parsed.GetValue(page) is not null && chosen.Length < parts.Length)
            {
                Console.Error.WriteLine("error: --page: tells of a whole campaign; leave --only out");
                return 2;
            }

            int wrong = chosen.Contains(Inputs) ? await GiveBadInput() : 0;
            List<FuzzResult> files = chosen.Contains(Files)
                ? GiveChangedFiles(parsed.GetValue(seed), parsed.GetValue(inputs))
                : [];
            using Executable reproduce = new();
            TrialBench bench = new(reproduce, new Random(parsed.GetValue(seed)));
            List<TrialResult> endurance = await Try(Endurance),
                disturbances = await Try(Disturbances);
            ReliabilityPage whole = new(
                $"dotnet run --project tests/Campaign -c Release -- --seed {parsed.GetValue(seed)} "
                    + $"--kills {parsed.GetValue(kills)} --inputs {parsed.GetValue(inputs)} --page "
                    + "docs/reliability.md",
                disturbances,
                endurance,
                files,
                wrong
            );
            if (parsed.GetValue(page) is { } file)
            {
                await File.WriteAllTextAsync(file.FullName, whole.Write());
            }

            if (parsed.GetValue(badInputPage) is { } table)
            {
                await File.WriteAllTextAsync(table.FullName, ReliabilityPage.BadInputPage());
            }

            Console.WriteLine($"lost: {whole.Losses}");
            return whole.Losses == 0 ? 0 : 1;

            async Task<List<TrialResult>> Try((string Name, Func<TrialBench, int, Task<TrialResult>> Try)[] kinds)
            {
                List<TrialResult> results = [];
                foreach (
                    (string name, Func<TrialBench, int, Task<TrialResult>> kind) in kinds.Where(kind =>
                        chosen.Contains(kind.Name)
                    )
                )
                {
                    TrialResult result;
                    try
                    {
                        result = await kind(bench, parsed.GetValue(kills));
                    }
                    catch (Exception exception)
                    {
                        // A trial that breaks down must not lose the results of the others.
                        result = new TrialResult(name, 1, 1, $"{exception.GetType().Name}: {exception.Message}");
                    }

                    results.Add(result);
                    Console.WriteLine($"{result.Name}: {result.Trials} tried, {result.Losses} lost; {result.Seen}");
                }

                return results;
            }
        });
        return await root.Parse(arguments).InvokeAsync();
    }

    private static int Few(int kills) => Math.Max(1, kills / 10);

    /// <returns>The number of cases that got a wrong answer.</returns>
    private static async Task<int> GiveBadInput()
    {
        int wrong = 0;
        foreach (BadInputCase input in BadInputCases.All)
        {
            using Executable reproduce = new();
            if (await input.Try(reproduce) is { } difference)
            {
                wrong++;
                Console.WriteLine($"{input.About}|{input.Name}: {difference}");
            }
        }

        Console.WriteLine($"bad input: {BadInputCases.All.Count} cases, {wrong} otherwise than they must be");
        return wrong;
    }

    private static List<FuzzResult> GiveChangedFiles(int seed, int inputs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fuzz-");
        List<FuzzResult> results = [];
        foreach (FuzzedReader reader in FuzzedReaders.All(folder.FullName))
        {
            FuzzResult result = Fuzz.Run(reader, seed, inputs, folder.FullName);
            results.Add(result);
            Console.WriteLine(
                $"{result.Reader}: {result.Inputs} changed files, {result.Refused} refused, slowest "
                    + $"{result.Slowest.TotalMilliseconds:0} ms, most memory {result.MostAllocated / 1024} KiB, "
                    + $"defects {result.DefectCount}"
            );
            foreach (string defect in result.Defects)
            {
                Console.WriteLine($"  {defect} (see {folder.FullName})");
            }
        }

        if (results.All(result => result.DefectCount == 0))
        {
            folder.Delete(recursive: true);
        }

        return results;
    }
}
