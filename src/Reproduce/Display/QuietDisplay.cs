using Reproduction.Figures;

namespace Reproduction.CommandLine.Display;

/// <summary>Shows nothing.</summary>
internal sealed class QuietDisplay : IDisplay
{
    public void Line(string text) { }

    public void Detail(string text) { }

    public void Table(Table table) { }

    public void WithProgress(string title, Action<Action<double, double>> work) => work((_, _) => { });
}
