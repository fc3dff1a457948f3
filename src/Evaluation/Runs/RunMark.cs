using System.Diagnostics;

namespace Reproduction.Evaluation;

/// <summary>A file that says of a run that somebody is at it, renewed now and then: one that was not renewed for a while is left over from a process that was killed.</summary>
public sealed class RunMark : IDisposable
{
    /// <summary>After so long without renewal nobody is at it any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly string path;
    private readonly Stopwatch age = Stopwatch.StartNew();

    internal RunMark(string path)
    {
        this.path = path;
        Write();
    }

    /// <summary>Says that somebody is still at it; does nothing if that was just said.</summary>
    public void Renew()
    {
        lock (age)
        {
            if (age.Elapsed > Interval)
            {
                age.Restart();
                Write();
            }
        }
    }

    /// <summary>Takes the file away.</summary>
    public void Dispose()
    {
        try
        {
            File.Delete(path);
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
            File.WriteAllText(path, $"{Environment.MachineName} {Environment.ProcessId}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
