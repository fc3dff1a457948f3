using Reproduction.Figures;

namespace Reproduction.Tests.Figures;

public class TableTests
{
    private static readonly Table Example = new(
        "Accuracy in %",
        "a_b",
        ["rule", "32 ours"],
        [
            ["Own rule", "52.6 ± 1.0 †"],
            ["a|b", ".61 → .12"],
        ],
        ["† outside.", "second"]
    );

    [Fact]
    public void Markdown_is_a_table_with_its_notes() =>
        Assert.Equal(
            """
            **Accuracy in % (a_b)**

            | rule | 32 ours |
            | :--- | ---: |
            | Own rule | 52.6 ± 1.0 † |
            | a\|b | .61 → .12 |

            † outside.

            second

            """.ReplaceLineEndings("\n"),
            MarkdownTable.Write(Example)
        );

    [Fact]
    public void Latex_uses_booktabs_and_escapes() =>
        Assert.Equal(
            """
            % needs \usepackage{booktabs}
            \begin{table}
            \centering
            \caption{Accuracy in \% (a\_b)}
            \begin{tabular}{lr}
            \toprule
            rule & 32 ours \\
            \midrule
            Own rule & 52.6 $\pm$ 1.0 \textsuperscript{\dag} \\
            a|b & .61 $\rightarrow$ .12 \\
            \bottomrule
            \end{tabular}
            \par\smallskip\footnotesize \textsuperscript{\dag} outside.
            \par\smallskip\footnotesize second
            \end{table}

            """.ReplaceLineEndings("\n"),
            LatexTable.Write(Example)
        );
}
