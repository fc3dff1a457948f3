using System.Text;

namespace Reproduction.Figures;

/// <summary>The positions of all parts of a figure, in pixels of 1/96 inch, the same for every back end.</summary>
internal sealed class FigureLayout
{
    public const double Margin = 16;
    public const double TitleSize = 15;
    public const double PanelTitleSize = 12.5;
    public const double NoteSize = 11;
    public const double LabelSize = 11;
    public const double EntrySize = 10.5;
    public const double TickSize = 10;

    /// <summary>
    /// The average width of a character as a share of the font size, precise enough to lay out a legend.
    /// </summary>
    public const double CharacterWidth = 0.54;

    private const double BoldCharacterWidth = 0.58;
    private const double UsualWidth = 300;
    private const double UsualHeight = 290;
    private const double TitleHeight = 34;
    private const double NoteLineHeight = 15;

    private readonly int columns;
    private readonly int rows;

    public FigureLayout(Figure figure)
    {
        columns = Math.Min(figure.Columns, figure.Panels.Count);
        rows = (figure.Panels.Count + columns - 1) / columns;
        PanelWidth = figure.Panels.Max(panel =>
            panel is IntervalPanel intervals ? IntervalLayout.WidthOf(intervals) : UsualWidth
        );
        PanelHeight = figure.Panels.Max(panel =>
            panel is IntervalPanel intervals ? IntervalLayout.HeightOf(intervals) : UsualHeight
        );
        Width = (2 * Margin) + Math.Max(columns * PanelWidth, figure.Title.Length * TitleSize * BoldCharacterWidth);
        Note = Wrap(figure.Footer, (int)((Width - (2 * Margin)) / (NoteSize * CharacterWidth)));
        Height = TitleHeight + (rows * PanelHeight) + (Note.Count * NoteLineHeight) + (2 * Margin);
    }

    public double Width { get; }

    public double Height { get; }

    public double PanelWidth { get; }

    public double PanelHeight { get; }

    /// <summary>The lines of the footer.</summary>
    public IReadOnlyList<string> Note { get; }

    /// <summary>The centre and base line of the title.</summary>
    public (double X, double Y) Title => (Width / 2, Margin + 9);

    /// <summary>The centre and base line of a panel's title, within the panel.</summary>
    public (double X, double Y) PanelTitle => (PanelWidth / 2, 16);

    /// <summary>Returns the upper left corner of a panel.</summary>
    public (double X, double Y) Origin(int panel) =>
        (Margin + (panel % columns * PanelWidth), TitleHeight + (panel / columns * PanelHeight));

    /// <summary>Returns the left end and base line of a line of the footer.</summary>
    public (double X, double Y) NoteLine(int line) =>
        (Margin, TitleHeight + (rows * PanelHeight) + Margin + (line * NoteLineHeight));

    private static IReadOnlyList<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString());
        }

        return lines;
    }
}
