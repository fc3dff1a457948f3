namespace Reproduction.Studies.Running;

/// <summary>Shows what a runner does: on a terminal, in a log, or not at all.</summary>
public interface IProgressDisplay
{
    /// <summary>Shows a line that every user should see.</summary>
    void Line(string text);

    /// <summary>Shows a line that is worth reading only where there is no progress bar.</summary>
    void Detail(string text);

    /// <summary>Shows a failure on standard error.</summary>
    void Error(string text);

    /// <summary>Runs long work, which calls advance(done, total) as it goes on.</summary>
    void WithProgress(string title, Action<Action<double, double>> work);
}
