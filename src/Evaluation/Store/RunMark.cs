using System.Collections.Concurrent;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// A file that marks a run as being made. It is renewed regularly; a mark that was not renewed for
/// <see cref="Lifetime"/> is left over from a process that was killed.
/// </summary>
public sealed class RunMark : IDisposable
{
    /// <summary>A mark that was not renewed for this long no longer counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static readonly string Owner = $"{Environment.MachineName} {Environment.ProcessId}\n";

    // The marks of this process, which does not leave them behind when it ends in the middle of a run.
    private static readonly ConcurrentDictionary<RunMark, bool> Live = [];

    private readonly string path;
    private readonly Timer timer;

    static RunMark() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (RunMark mark in Live.Keys)
            {
                mark.Delete();
            }
        };

    internal RunMark(string path)
    {
        this.path = path;
        Live[this] = true;
        Write();
        timer = new Timer(_ => Write(), null, Interval, Interval);
    }

    /// <summary>Deletes the file, unless another process has put its own in its place.</summary>
    public void Dispose()
    {
        using ManualResetEvent isOver = new(false);
        if (timer.Dispose(isOver))
        {
            isOver.WaitOne();
        }

        Live.TryRemove(this, out _);
        Delete();
    }

    private void Delete()
    {
        try
        {
            if (File.Exists(path) && File.ReadAllText(path) == Owner)
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file expires by itself.
        }
    }

    /// <summary>
    /// Writes the mark. Failures are ignored: the mark only saves double work, so no run is lost because it cannot be
    /// written.
    /// </summary>
    private void Write()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, Owner);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) { }
    }
}
