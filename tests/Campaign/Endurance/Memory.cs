using System.Diagnostics;
using System.Globalization;
using Reproduction.Campaign.Faults;

namespace Reproduction.Campaign.Endurance;

/// <summary>What many runs in one process take of memory, the first as the last.</summary>
internal static class Memory
{
    private const int Parts = 5;
    private const double MostGrowth = 0.05;

    /// <param name="runs">About as many.</param>
    public static async Task<Finding> OfManyRuns(Executable reproduce, int runs)
    {
        string results = Path.Combine(reproduce.Folder, "many");
        using Process process = reproduce.Start("run", "one-scalar", "--dataset", "robot-arm", "--seeds", $"{Math.Max(1, runs / 4)}", "--results", results, "--quiet");
        List<(int Runs, double Megabytes)> samples = [];
        while (!process.HasExited)
        {
            try
            {
                string resident = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
                samples.Add((RecordWatch.Records(results).Length, double.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024));
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                // It has just ended.
            }

            await Task.Delay(20);
        }

        int made = RecordWatch.Records(results).Length;
        double[] means = [.. Enumerable.Range(0, Parts).Select(part => samples.Where(sample => sample.Runs > part * made / Parts && sample.Runs <= (part + 1) * made / Parts).Average(sample => sample.Megabytes))];
        double growth = (means[^1] / means[1]) - 1;
        return new Finding(
            "memory of many small runs in one process", made, process.ExitCode == 0 && growth < MostGrowth ? 0 : 1,
            $"resident, mean over each fifth of the runs: {string.Join(", ", means.Select(mean => $"{mean:0}"))} MB; the last is {100 * growth:+0.0;−0.0} % beside the second");
    }
}
