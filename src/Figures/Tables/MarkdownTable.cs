using System.Text;

namespace Reproduction.Figures;

/// <summary>Writes tables as GitHub-flavoured Markdown.</summary>
public static class MarkdownTable
{
    public static string Write(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        StringBuilder text = new();
        text.Append("**").Append(Escape(table.Caption)).Append("**\n\n");
        AppendRow(text, [.. table.Columns.Select(Escape)]);
        AppendRow(text, [.. table.Columns.Select((_, i) => i == 0 ? ":---" : "---:")]);
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            AppendRow(text, [.. row.Select(Escape)]);
        }

        foreach (string note in table.Notes)
        {
            text.Append('\n').Append(Escape(note)).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>Escapes a text so that it contains no links, pictures, code, cells or HTML.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder escaped = new(text.Length);
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(
                c switch
                {
                    '<' => "&lt;",
                    '\\' or '|' or '*' or '`' => $"\\{c}",
                    _ => $"{c}",
                }
            );
        }

        // Brackets alone do not make a link, and intervals contain them.
        return escaped.Replace("](", "]\\(").Replace("]:", "]\\:").ToString();
    }
}
