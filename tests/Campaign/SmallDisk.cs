namespace Reproduction.Campaign;

/// <summary>A folder on its own small file system. Making one needs the right to mount file systems.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo mount = Directory.CreateTempSubdirectory("disk-");

    public SmallDisk(int kilobytes) => Mount("-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", mount.FullName);

    /// <summary>Whether a small file system can be made here.</summary>
    public static bool IsAllowed { get; } = OperatingSystem.IsLinux() && CanMount();

    public string Folder => mount.FullName;

    /// <summary>Changes the mount options, e.g. the size ("size=60m") or write access ("ro").</summary>
    /// <exception cref="InvalidOperationException">The options cannot be changed now.</exception>
    public void Remount(string options) => Mount("-o", $"remount,{options}", mount.FullName);

    public void Dispose()
    {
        Shell.Run("umount", mount.FullName);
        mount.Delete();
    }

    private static void Mount(params string[] arguments)
    {
        if (Shell.Run("mount", arguments).Code != 0)
        {
            throw new InvalidOperationException($"mount {string.Join(' ', arguments)} failed");
        }
    }

    private static bool CanMount()
    {
        try
        {
            using SmallDisk disk = new(64);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
