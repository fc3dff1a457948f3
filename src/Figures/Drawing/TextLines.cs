using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>Breaks text into lines and draws them; ScottPlot has no text that wraps.</summary>
internal static class TextLines
{
    /// <summary>Returns the width of a text in one line.</summary>
    public static float WidthOf(string text, float size, bool isBold)
    {
        using SKFont font = new(isBold ? InterTypeface.Bold : InterTypeface.Regular, size);
        return font.MeasureText(InterTypeface.Drawable(text));
    }

    /// <summary>Breaks a text at its spaces into lines that are no wider than a width.</summary>
    public static IReadOnlyList<string> Wrap(string text, float width, float size, bool isBold)
    {
        using SKFont font = new(isBold ? InterTypeface.Bold : InterTypeface.Regular, size);
        List<string> lines = [];
        StringBuilder line = new();
        foreach (string word in InterTypeface.Drawable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && font.MeasureText($"{line} {word}") > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        return line.Length > 0 ? [.. lines, line.ToString()] : lines;
    }

    /// <summary>Draws a line of text from its left end.</summary>
    /// <param name="middle">The vertical middle of the line.</param>
    public static void Render(
        SKCanvas canvas,
        Paint paint,
        string text,
        float left,
        float middle,
        float size,
        bool isBold
    )
    {
        LabelStyle style = new()
        {
            Text = text,
            Font = isBold ? InterTypeface.Bold : InterTypeface.Regular,
            FontSize = size,
            ForeColor = Color.FromHex(SeriesStyles.Ink),
            Alignment = Alignment.MiddleLeft,
        };
        style.Render(canvas, new Pixel(left, middle), paint);
    }
}
