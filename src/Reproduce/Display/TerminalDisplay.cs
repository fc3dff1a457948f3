using Spectre.Console;

namespace Reproduction.CommandLine.Display;

/// <summary>Shows a progress bar with an estimate and tables with borders to a person at a terminal.</summary>
internal sealed class TerminalDisplay(IAnsiConsole console) : IDisplay
{
    public void Line(string text) => console.WriteLine(text);

    public void Detail(string text) { }

    public void Table(Figures.Table table)
    {
        Spectre.Console.Table grid = new()
        {
            Title = new TableTitle(Markup.Escape(table.Caption)),
            Border = TableBorder.Simple,
        };
        for (int i = 0; i < table.Columns.Count; i++)
        {
            TableColumn column = new(Markup.Escape(table.Columns[i]));
            grid.AddColumn(i == 0 ? column : column.RightAligned());
        }

        foreach (IReadOnlyList<string> row in table.Rows)
        {
            grid.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(grid);
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
}
