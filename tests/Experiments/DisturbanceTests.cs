using Reproduction.Campaign.Disturbances;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tries each kind of disturbance on the real executable once or a few times. The campaign tries these and others many
/// times.
/// </summary>
public sealed class DisturbanceTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task Damaged_records_are_found_and_two_processes_share_a_folder()
    {
        TrialBench bench = new(reproduce, new Random(1));
        TrialResult damage = await DamagedRecords.Damage(bench, 20),
            two = await SharedFolders.TwoProcesses(bench, 1);
        Assert.Equal(
            (20, 0, "found by their checksum, named, and their runs repeated; tables as undisturbed"),
            (damage.Trials, damage.Losses, damage.Seen)
        );
        Assert.Equal((1, 0), (two.Trials, two.Losses));
        Assert.StartsWith(
            "both end with 0; a record for each run and nothing else, nothing torn, tables as undisturbed; of 80 runs ",
            two.Seen,
            StringComparison.Ordinal
        );
    }

    [SlurmFact]
    public async Task An_array_of_SLURM_makes_what_one_process_makes_also_when_a_task_is_killed()
    {
        TrialResult killed = await SharedFolders.KilledTask(new TrialBench(reproduce, new Random(1)), 1);
        Assert.Equal(
            (1, 0, "nothing missing when the array had ended; tables as one process makes them"),
            (killed.Trials, killed.Losses, killed.Seen)
        );
    }
}
