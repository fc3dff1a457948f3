namespace Reproduction.Studies.Running;

/// <summary>Where a runner tells what it does: a terminal, a log, or nobody.</summary>
public interface IProgressDisplay
{
    /// <summary>Shows a line that every user should see.</summary>
    void Line(string text);

    /// <summary>Shows a line that is worth reading only where there is no progress bar.</summary>
    void Detail(string text);

    /// <summary>Shows, on standard error, what failed.</summary>
    void Error(string text);

    /// <summary>Runs long work, which calls advance(done, total) as it goes on.</summary>
    void WithProgress(string title, Action<Action<double, double>> work);
}
