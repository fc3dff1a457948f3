using System.Text;

namespace Reproduction.Figures;

/// <summary>Writes tables as LaTeX with the booktabs package.</summary>
public static class LatexTable
{
    public static string Write(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        StringBuilder text = new();
        text.Append("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n");
        text.Append("\\caption{").Append(Escape(table.Caption)).Append("}\n");
        text.Append("\\begin{tabular}{l").Append('r', table.Columns.Count - 1).Append("}\n\\toprule\n");
        AppendRow(text, table.Columns);
        text.Append("\\midrule\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            AppendRow(text, row);
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
        foreach (string note in table.Notes)
        {
            text.Append("\\par\\smallskip\\footnotesize ").Append(Escape(note)).Append('\n');
        }

        return text.Append("\\end{table}\n").ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.AppendJoin(" & ", cells.Select(Escape)).Append(" \\\\\n");

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in text)
        {
            escaped.Append(
                c switch
                {
                    '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                    '\\' => "\\textbackslash{}",
                    '~' => "\\textasciitilde{}",
                    '^' => "\\textasciicircum{}",
                    '-' => "{-}",
                    '→' => "$\\rightarrow$",
                    '±' => "$\\pm$",
                    '−' => "$-$",
                    '≤' => "$\\le$",
                    '≥' => "$\\ge$",
                    '·' => "$\\cdot$",
                    '†' => "\\textsuperscript{\\dag}",
                    '‡' => "\\textsuperscript{\\ddag}",
                    '…' => "\\dots{}",
                    '–' => "--",
                    _ => c.ToString(),
                }
            );
        }

        return escaped.ToString();
    }
}
