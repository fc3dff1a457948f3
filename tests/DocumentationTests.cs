using System.Text.RegularExpressions;

namespace Reproduction.Tests;

/// <summary>Tests that the links in README and docs lead somewhere.</summary>
public partial class DocumentationTests
{
    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(RealData.Root, "docs"), "*.md")
                .Select(file => Path.GetRelativePath(RealData.Root, file))
                .Append("README.md"),
        ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_and_every_anchor_to_a_heading(string page)
    {
        string file = Path.Combine(RealData.Root, page);
        foreach (
            string to in Link()
                .Matches(File.ReadAllText(file))
                .Select(match => match.Groups["to"].Value)
                .Where(to => !to.StartsWith("https://", StringComparison.Ordinal))
        )
        {
            string[] parts = to.Split('#');
            string target = parts[0].Length == 0 ? file : Path.Combine(Path.GetDirectoryName(file)!, parts[0]);
            Assert.True(Path.Exists(target), $"{page}: {to}");
            Assert.True(
                parts.Length == 1
                    || Heading()
                        .Matches(File.ReadAllText(target))
                        .Any(heading => heading.Groups["text"].Value.ToLowerInvariant().Replace(' ', '-') == parts[1]),
                $"{page}: {to}"
            );
        }
    }

    [Fact]
    public void The_page_of_bad_inputs_has_every_one_as_it_is_now() =>
        Assert.Equal(
            ReliabilityPage.BadInputPage(),
            File.ReadAllText(Path.Combine(RealData.Root, "results", "reliability", "bad-input.md"))
        );

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
