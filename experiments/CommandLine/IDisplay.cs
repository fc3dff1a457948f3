using Reproduction.Figures;

namespace Reproduction.Experiments.CommandLine;

/// <summary>What a command tells while it works. Results that a program would read go to standard output by another way.</summary>
internal interface IDisplay
{
    /// <summary>Something a user should know.</summary>
    void Line(string text);

    /// <summary>Something worth a line only where there is no progress bar.</summary>
    void Detail(string text);

    /// <summary>A finished table.</summary>
    void Table(Table table);

    /// <summary>Runs long work, which calls advance(done, total) as it goes on.</summary>
    void WithProgress(string title, Action<Action<double, double>> work);
}
