namespace Reproduction.Campaign;

/// <summary>A folder that is a small file system of its own, which needs the right to mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo mount = Directory.CreateTempSubdirectory("disk-");

    public SmallDisk(int kilobytes) => Mount("-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", mount.FullName);

    /// <summary>Whether one can be made here.</summary>
    public static bool IsAllowed { get; } = OperatingSystem.IsLinux() && CanMount();

    public string Folder => mount.FullName;

    /// <summary>Changes its size or what may be done to it, e.g. "size=60m" or "ro".</summary>
    /// <exception cref="InvalidOperationException">It cannot be changed now.</exception>
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
