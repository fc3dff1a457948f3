using System.Diagnostics;
using System.Globalization;
using Reproduction.Figures;

namespace Reproduction.CommandLine.Display;

/// <summary>Writes plain lines for a pipe or a log, and the progress of long work every half minute.</summary>
internal sealed class PlainDisplay(TextWriter output) : IDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly TextWriter output = TextWriter.Synchronized(output);

    public void Line(string text) => output.WriteLine(text);

    public void Detail(string text) => output.WriteLine(text);

    public void Table(Table table) => output.WriteLine("\n" + MarkdownTable.Write(table));

    public void WithProgress(string title, Action<Action<double, double>> work)
    {
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan next = Interval;
        Lock update = new();
        work(
            (done, total) =>
            {
                lock (update)
                {
                    if (clock.Elapsed >= next && done > 0)
                    {
                        next = clock.Elapsed + Interval;
                        double left = clock.Elapsed.TotalSeconds * (total - done) / done;
                        output.WriteLine(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{title}: {100 * done / total:F0} % after {clock.Elapsed.TotalSeconds:F0} s, about "
                                    + $"{Math.Max(0, left):F0} s left"
                            )
                        );
                    }
                }
            }
        );
    }
}
