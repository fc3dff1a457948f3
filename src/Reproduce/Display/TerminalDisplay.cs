using Reproduction.Studies.Drawing;
using Spectre.Console;

namespace Reproduction.CommandLine.Display;

/// <summary>Shows a progress bar with an estimate and tables with borders to a person at a terminal.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    private const int Margins = 4;

    public void Line(string text) => console.WriteLine(text);

    public void Detail(string text) { }

    public void Table(Figures.Table table)
    {
        if (Widths(table, console.Profile.Width) is { } widths)
        {
            WriteGrid(table, widths);
        }
        else
        {
            WriteStacked(table);
        }

        foreach (string note in table.Notes)
        {
            console.WriteLine(note);
        }

        console.WriteLine();
    }

    public void WithProgress(string title, Action<Action<double, double>> work) =>
        console
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn()
            )
            .AutoClear(true)
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title));
                Lock update = new();
                work(
                    (done, total) =>
                    {
                        lock (update)
                        {
                            (task.MaxValue, task.Value) = (total, done);
                        }
                    }
                );
            });

    /// <summary>Writes each row as lines of their own: its first cell, then "column: cell".</summary>
    private void WriteStacked(Figures.Table table)
    {
        console.WriteLine(table.Caption);
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            console.MarkupLine($"[bold]{Markup.Escape(row[0])}[/]");
            for (int i = 1; i < row.Count; i++)
            {
                console.MarkupLine($"  {Markup.Escape(table.Columns[i])}: {Coloured(row[i])}");
            }
        }
    }

    private void WriteGrid(Figures.Table table, int[] widths)
    {
        Spectre.Console.Table grid = new()
        {
            Title = new TableTitle(Markup.Escape(table.Caption)),
            Border = TableBorder.Simple,
        };
        for (int i = 0; i < widths.Length; i++)
        {
            TableColumn column = new(Markup.Escape(table.Columns[i])) { Width = widths[i] };
            grid.AddColumn(i == 0 ? column : column.RightAligned());
        }

        foreach (IReadOnlyList<string> row in table.Rows)
        {
            grid.AddRow([.. row.Select(Coloured)]);
        }

        console.Write(grid);
    }

    /// <summary>
    /// Returns the width of each column: its longest cell, and a heading that may break at its spaces, as far as there
    /// is no room for the whole of it; null if the cells do not fit.
    /// </summary>
    private static int[]? Widths(Figures.Table table, int room)
    {
        int[] widths =
        [
            .. table.Columns.Select(
                (name, i) => table.Rows.Select(row => row[i]).Concat(name.Split(' ')).Max(text => text.Length)
            ),
        ];
        int spare = room - widths.Sum() - (Margins * widths.Length);
        for (int i = 0; i < widths.Length && spare > 0; i++)
        {
            int more = Math.Clamp(table.Columns[i].Length - widths[i], 0, spare);
            (widths[i], spare) = (widths[i] + more, spare - more);
        }

        return spare >= 0 ? widths : null;
    }

    // A verdict has its word and a colour.
    private static string Coloured(string cell)
    {
        string text = Markup.Escape(cell);
        VerdictStyle style = VerdictStyle.Of(cell);
        return style.IsOpen ? text : $"[{style.Colour}]{text}[/]";
    }
}
