using System.CommandLine;
using System.Globalization;
using Reproduction.Campaign.BadInput;
using Reproduction.Campaign.Endurance;
using Reproduction.Campaign.Faults;
using Reproduction.Campaign.Fuzzing;

namespace Reproduction.Campaign;

/// <summary>Tries to make the suite lose something, and writes down what came of it.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Option<int> seed = new("--seed") { Description = "decides when faults strike and how files are changed", DefaultValueFactory = _ => 1 };
        Option<int> kills = new("--kills") { Description = "of one sweep; other faults are tried a tenth as often or so", DefaultValueFactory = _ => 100 };
        Option<int> inputs = new("--inputs") { Description = "changed files for each reader", DefaultValueFactory = _ => 20_000 };
        Option<string[]> only = new("--only") { Description = "inputs, files, faults", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true };
        RootCommand root = new("Kills, floods, damages and misuses the suite, and says what was lost.") { seed, kills, inputs, only };
        root.SetAction(async parsed =>
        {
            string[] parts = parsed.GetValue(only) is { Length: > 0 } chosen ? chosen : ["inputs", "files", "faults"];
            int lost = 0;
            if (parts.Contains("files"))
            {
                lost += Files(parsed.GetValue(seed), parsed.GetValue(inputs)).Sum(result => result.FaultCount);
            }

            if (parts.Contains("inputs"))
            {
                lost += await Inputs();
            }

            if (parts.Any(part => part is not ("inputs" or "files")))
            {
                lost += (await Faults(parsed.GetValue(seed), parsed.GetValue(kills), parts)).Sum(finding => finding.Losses);
            }

            Console.WriteLine($"lost: {lost}");
            return lost == 0 ? 0 : 1;
        });
        return await root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> Inputs()
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

    private static List<FuzzResult> Files(int seed, int inputs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fuzz-");
        List<FuzzResult> results = [];
        foreach (FuzzedReader reader in FuzzedReaders.All(folder.FullName))
        {
            FuzzResult result = Fuzz.Run(reader, seed, inputs, folder.FullName);
            results.Add(result);
            Console.WriteLine($"{result.Reader}: {result.Inputs} changed files, {result.Refused} refused, slowest {result.Slowest.TotalMilliseconds:0} ms, most memory {result.MostAllocated / 1024} KiB, faults {result.FaultCount}");
            foreach (string fault in result.Faults)
            {
                Console.WriteLine($"  {fault}");
            }
        }

        return results;
    }

    private static async Task<List<Finding>> Faults(int seed, int kills, string[] parts)
    {
        using Executable reproduce = new();
        int few = Math.Max(1, kills / 10);
        FaultBench bench = new(reproduce, await UndisturbedSweep.Make(reproduce, "small", FaultBench.SmallSweep), new Random(seed));
        Lazy<Task<UndisturbedSweep>> quick = new(() => UndisturbedSweep.Make(reproduce, "quick", "run", "--dataset", "digits"));
        (string Name, Func<Task<Finding>> Try)[] trials =
        [
            ("disk-full", () => Disks.Full(bench, few)), ("read-only", () => Disks.ReadOnly(bench, few)), ("damage", () => DamagedRecords.Damage(bench, kills)), ("clock", () => Clocks.SetBack(bench, few)),
            ("two-processes", () => Shared.TwoProcesses(bench, few)), ("interrupt", () => Signals.Send(bench, "INT", 130, 2 * few)), ("terminate", () => Signals.Send(bench, "TERM", 143, 2 * few)),
            ("share", () => Shared.KilledShare(bench, few)), ("slurm", () => Shared.KilledTask(bench, Math.Max(1, few / 5))), ("memory", () => Memory.OfManyRuns(reproduce, kills * 5)), ("grid", () => LargeGrid.Handle(reproduce, "table-1", "digits", kills * 100)), ("drawing", async () => await Kills.OfDrawing(bench, await quick.Value, 2 * few)), ("kill", async () => await Kills.OfASweep(bench, await quick.Value, kills)),
        ];
        List<Finding> findings = [];
        foreach ((_, Func<Task<Finding>> trial) in trials.Where(trial => parts.Contains("faults") || parts.Contains(trial.Name)))
        {
            Finding finding = await trial();
            findings.Add(finding);
            Console.WriteLine($"{finding.Name}: {finding.Trials} tried, {finding.Losses} lost; {finding.Seen}");
        }

        return findings;
    }
}
