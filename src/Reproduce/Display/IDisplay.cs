using Reproduction.Figures;
using Reproduction.Studies.Running;

namespace Reproduction.CommandLine.Display;

/// <summary>
/// Shows what a command does. Results for other programs are written to standard output directly, not through this.
/// </summary>
internal interface IDisplay : IProgressDisplay
{
    /// <summary>Shows a finished table.</summary>
    void Table(Table table);

    /// <inheritdoc/>
    void IProgressDisplay.Error(string text) => Console.Error.WriteLine($"error: {text}");
}
