using Reproduction.CommandLine.Display;
using Spectre.Console;
using Table = Reproduction.Figures.Table;

namespace Reproduction.Tests.Experiments;

public sealed class TerminalDisplayTests
{
    private static readonly string[] Columns =
    [
        "rule",
        "units",
        "seeds",
        "accuracy",
        "random projections",
        "difference [95 % interval]",
        "p",
        "adjusted p",
        "verdict",
    ];

    private static readonly string[] Row =
    [
        "influence-hebb",
        "2048",
        "10",
        "97.41",
        "94.60",
        "+2.81 [+2.60, +3.05]",
        "0.0020",
        "0.0156",
    ];

    [Theory]
    [InlineData(80, "worse", true)]
    [InlineData(120, "worse", false)]
    [InlineData(120, "inconclusive, 1,000 seeds", true)]
    [InlineData(200, "inconclusive, 1,000 seeds", false)]
    public void No_word_of_a_table_is_broken_at_any_width(int width, string verdict, bool isStacked)
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }
        );
        console.Profile.Width = width;
        new TerminalDisplay(console).Table(
            new Table(
                "Rules against random projections",
                "digits",
                Columns,
                [
                    [.. Row, verdict],
                ],
                []
            )
        );
        string text = output.ToString();
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.All(
            Columns[1..].Concat(Row).SelectMany(cell => cell.Split(' ')),
            word => Assert.Contains(word, text, StringComparison.Ordinal)
        );
        Assert.Contains(verdict, text, StringComparison.Ordinal);
        Assert.Equal(isStacked, text.Contains($"  verdict: {verdict}", StringComparison.Ordinal));
    }
}
