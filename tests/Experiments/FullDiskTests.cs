namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests a results folder that is full or read-only. It is on its own file system, which needs the right to mount.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Executable reproduce = new();
    private readonly SmallDisk disk = new(200);

    private string[] Command =>
        ["run", "truncation-ladder", "--dataset", "robot-arm", "--results", disk.Folder, "--quiet"];

    public void Dispose()
    {
        disk.Dispose();
        reproduce.Dispose();
    }

    [MountFact]
    public async Task A_full_disk_is_one_line_keeps_finished_runs_and_the_next_try_continues()
    {
        Assert.Contains("finished runs are kept", await reproduce.Fail(1, Command), StringComparison.Ordinal);
        string[] kept = Files();
        Assert.NotEmpty(kept);
        Assert.All(kept, file => Assert.EndsWith(".json", file, StringComparison.Ordinal));
        disk.Remount("size=60m");
        Dictionary<string, DateTime> written = kept.ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.Equal((0, ""), (await reproduce.Run(Command)) is { } outcome ? (outcome.Code, outcome.Error) : default);
        Assert.All(written, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
        Assert.Equal(3, Files().Count(file => file.EndsWith(".csv", StringComparison.Ordinal)));
    }

    [MountFact]
    public async Task A_read_only_folder_is_refused_before_any_computing()
    {
        disk.Remount("ro");
        Assert.Contains(disk.Folder, await reproduce.Fail(1, Command), StringComparison.Ordinal);
    }

    private string[] Files() => Directory.GetFiles(disk.Folder, "*", SearchOption.AllDirectories);
}

/// <summary>
/// Marks a test that mounts a file system. It is skipped, with the reason, if mounting is not allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() =>
        Skip = SmallDisk.IsAllowed ? null! : "mounting a small file system is not allowed here";
}
