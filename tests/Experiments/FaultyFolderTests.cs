using System.Diagnostics;

namespace Reproduction.Tests.Experiments;

/// <summary>A results folder that is full or read-only, as a file system of its own (which needs the right to mount one).</summary>
public sealed class FaultyFolderTests : IDisposable
{
    private readonly Executable reproduce = new();
    private readonly DirectoryInfo mount = Directory.CreateTempSubdirectory("mount-");

    public FaultyFolderTests()
    {
        MountFactAttribute.Mount("-t", "tmpfs", "-o", "size=600k", "tmpfs", mount.FullName);
    }

    private string[] Command => ["run", "figure-1", "--dataset", "digits", "--results", mount.FullName, "--quiet"];

    public void Dispose()
    {
        MountFactAttribute.Unmount(mount.FullName);
        mount.Delete();
        reproduce.Dispose();
    }

    [MountFact]
    public async Task A_full_disk_is_one_line_keeps_finished_runs_and_the_next_try_continues()
    {
        Assert.Contains("finished runs are kept", await reproduce.Fail(1, Command), StringComparison.Ordinal);
        string[] kept = Files();
        Assert.NotEmpty(kept);
        Assert.All(kept, file => Assert.EndsWith(".json", file, StringComparison.Ordinal));
        MountFactAttribute.Mount("-o", "remount,size=60m", mount.FullName);
        Dictionary<string, DateTime> written = kept.ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.Equal((0, ""), (await reproduce.Run(Command)) is { } outcome ? (outcome.Code, outcome.Error) : default);
        Assert.All(written, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
        Assert.Equal(3, Files().Count(file => file.EndsWith(".csv", StringComparison.Ordinal)));
    }

    [MountFact]
    public async Task A_read_only_folder_is_refused_before_any_computing()
    {
        MountFactAttribute.Mount("-o", "remount,ro", mount.FullName);
        Assert.Contains(mount.FullName, await reproduce.Fail(1, Command), StringComparison.Ordinal);
    }

    private string[] Files() => Directory.GetFiles(mount.FullName, "*", SearchOption.AllDirectories);
}

/// <summary>A test that mounts a file system; says why it is skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly bool IsAllowed = OperatingSystem.IsLinux() && CanMount();

    public MountFactAttribute()
    {
        if (!IsAllowed)
        {
            Skip = "mounting a small file system is not allowed here";
        }
    }

    public static void Mount(params string[] arguments)
    {
        if (IsAllowed && Run("mount", arguments) != 0)
        {
            throw new InvalidOperationException($"mount {string.Join(' ', arguments)} failed");
        }
    }

    public static void Unmount(string folder)
    {
        if (IsAllowed)
        {
            _ = Run("umount", folder);
        }
    }

    private static bool CanMount()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mount-");
        try
        {
            return Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.FullName) == 0 && Run("umount", folder.FullName) == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            folder.Delete();
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
