using Reproduction.Figures;

namespace Reproduction.Tests.Figures;

public class ForeignTextTests
{
    // The cases are not the data of a theory, because attributes hold UTF-8, which has no halves of surrogate pairs.
    [Fact]
    public void What_no_document_may_have_is_replaced_and_nothing_else()
    {
        (string Text, string Expected)[] cases =
        [
            ("plain <b> & \"quoted\"\n\t", "plain <b> & \"quoted\"\n\t"),
            ("a\u0001b\uD800c\uFFFE", "a\uFFFDb\uFFFDc\uFFFD"),
            ("pair \uD83D\uDE00", "pair \uD83D\uDE00"),
            ("\uDE00\uD83D", "\uFFFD\uFFFD"),
        ];
        Assert.All(cases, item => Assert.Equal(item.Expected, ForeignText.Of(item.Text)));
    }

    [Fact]
    public void Any_number_of_bad_characters_is_taken() =>
        Assert.Equal(new string('\uFFFD', 200_000), ForeignText.Of(new string('\u0001', 200_000)));

    [Fact]
    public void Text_in_Markdown_has_no_markup()
    {
        string table = MarkdownTable.Write(
            new Table(
                "t",
                "data",
                ["a"],
                [
                    ["[x](javascript:alert(1)) ![](http://example.org/i) `code` <b> \\*bold*"],
                ],
                []
            )
        );
        Assert.Contains(
            "[x]\\(javascript:alert(1)) ![]\\(http://example.org/i) \\`code\\` &lt;b> \\\\\\*bold\\*",
            table,
            StringComparison.Ordinal
        );
    }
}
