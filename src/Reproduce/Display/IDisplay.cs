using Reproduction.Figures;
using Reproduction.Studies.Running;

namespace Reproduction.CommandLine.Display;

/// <summary>
/// Where a command tells what it does. Results that a program reads go to standard output by another way.
/// </summary>
internal interface IDisplay : IProgressDisplay
{
    /// <summary>Shows a finished table.</summary>
    void Table(Table table);

    /// <inheritdoc/>
    void IProgressDisplay.Error(string text) => Console.Error.WriteLine($"error: {text}");
}
