namespace Reproduction.Evaluation.Store;

/// <summary>
/// A file that says of a run that somebody is at it, renewed now and then: one that was not renewed for a while is left
/// over from a process that was killed.
/// </summary>
public sealed class RunMark : IDisposable
{
    /// <summary>After so long without renewal nobody is at it any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static readonly string Owner = $"{Environment.MachineName} {Environment.ProcessId}\n";

    private readonly string path;
    private readonly Timer timer;

    internal RunMark(string path)
    {
        this.path = path;
        Write();
        timer = new Timer(_ => Write(), null, Interval, Interval);
    }

    /// <summary>Takes the file away, unless another process has put its own there.</summary>
    public void Dispose()
    {
        using ManualResetEvent isOver = new(false);
        if (timer.Dispose(isOver))
        {
            isOver.WaitOne();
        }

        try
        {
            if (File.Exists(path) && File.ReadAllText(path) == Owner)
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It grows old by itself.
        }
    }

    /// <summary>A mark is a courtesy: no run is lost for one that cannot be written.</summary>
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
