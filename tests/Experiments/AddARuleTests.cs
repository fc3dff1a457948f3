using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Follows docs/add-a-rule.md as a stranger would: every command and every line of code on that page, outside the
/// suite's own tree.
/// </summary>
public sealed partial class AddARuleTests : IDisposable
{
    private readonly Executable reproduce = new();

    public void Dispose() => reproduce.Dispose();

    [Fact]
    public async Task The_page_leads_from_nothing_to_a_rule_on_a_figure()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(RealData.Root, "docs", "add-a-rule.md"));
        string outside = Path.Combine(reproduce.Folder, "my-oja"),
            hive = Path.Combine(reproduce.Folder, "hive");
        Dictionary<string, string> printed = [];
        foreach (Match block in Fence().Matches(page))
        {
            string text = block.Groups["text"].Value;
            if (block.Groups["language"].Value == "csharp")
            {
                Assert.InRange(text.Split('\n').Count(line => line.Trim().Length > 0), 1, 40);
                await File.WriteAllTextAsync(
                    Path.Combine(outside, "MyOja", ClassName().Match(text).Groups["name"].Value + ".cs"),
                    text
                );
                continue;
            }

            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] words =
                [
                    .. line.Split(' ')
                        .Select(word =>
                            word.Replace("../my-oja", outside, StringComparison.Ordinal)
                                .Replace(
                                    "templates/rule",
                                    Path.Combine(RealData.Root, "templates", "rule"),
                                    StringComparison.Ordinal
                                )
                                .Replace("\"$PWD\"", RealData.Root, StringComparison.Ordinal)
                        ),
                ];
                if (words[0] is "mkdir" or "cp")
                {
                    CopyFolder(words[0] == "cp" ? words[2] : null, Path.Combine(reproduce.Folder, words[^1]));
                    continue;
                }

                if (words[1] == "run")
                {
                    await KnownRuns.CopyTo(Path.Combine(reproduce.Folder, "results"));
                }

                Executable.Outcome outcome =
                    words[0] == "./reproduce"
                        ? await reproduce.Run(words[1..])
                        : await reproduce.RunDotnet([
                            .. words[1..],
                            .. words[1] == "new" ? ["--debug:custom-hive", hive] : Array.Empty<string>(),
                        ]);
                Assert.Equal((line, words[1] == "check" ? 3 : 0, ""), (line, outcome.Code, outcome.Error));
                printed[printed.ContainsKey(words[1]) ? $"{words[1]} again" : words[1]] = outcome.Output;
            }
        }

        Assert.Contains("Passed:    11", printed["test"], StringComparison.Ordinal);
        Assert.Contains(
            "conformance: 1 of 1 rule(s) keep all 11 laws",
            printed["conformance"],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "conformance: 3 of 3 rule(s) keep all 11 laws",
            printed["conformance again"],
            StringComparison.Ordinal
        );
        Assert.Contains("my-oja", printed["train"], StringComparison.Ordinal);
        Assert.Contains("| my-oja | 128 units | 8 |", printed["compare"], StringComparison.Ordinal);
        Assert.Contains("check: does not hold", printed["check"], StringComparison.Ordinal);
        Assert.Contains("| my-oja | relu |", printed["figures"], StringComparison.Ordinal);
        foreach (
            string figure in new[]
            {
                Directory
                    .GetFiles(
                        Path.Combine(reproduce.Folder, "paper-figures", "compare"),
                        "random-projections.svg",
                        SearchOption.AllDirectories
                    )
                    .Single(),
                Path.Combine(
                    reproduce.Folder,
                    "paper-figures",
                    "quick",
                    "is-it-learning",
                    "digits",
                    "is-it-learning.svg"
                ),
            }
        )
        {
            Assert.Contains(
                XDocument.Load(figure).Descendants().Where(node => node.Name.LocalName == "text"),
                text => text.Value == "my-oja"
            );
        }

        // The suite has the same rule, so the numbers must be the same.
        Executable.Outcome own = await reproduce.Run(
            "train",
            "--rule",
            "oja",
            "--hidden",
            "128",
            "--dataset",
            "digits"
        );
        Assert.Equal(ProbeLine(own.Output), ProbeLine(printed["train"]));
        Assert.Single(XDocument.Load(Path.Combine(outside, "MyOja", "MyOja.csproj")).Descendants("ProjectReference"));
    }

    [Fact]
    public async Task The_templates_packages_are_those_of_the_suite()
    {
        Dictionary<string, string> Versions(string file) =>
            XDocument
                .Load(Path.Combine(RealData.Root, file))
                .Descendants("PackageVersion")
                .ToDictionary(
                    package => package.Attribute("Include")!.Value,
                    package => package.Attribute("Version")!.Value
                );
        Dictionary<string, string> own = Versions("Directory.Packages.props");
        Assert.All(
            Versions("templates/rule/Directory.Packages.props"),
            package => Assert.Equal(own[package.Key], package.Value)
        );

        // The unchanged template keeps the laws too.
        await reproduce.RunDotnet(
            "new",
            "install",
            Path.Combine(RealData.Root, "templates", "rule"),
            "--debug:custom-hive",
            "hive"
        );
        Executable.Outcome made = await reproduce.RunDotnet(
            "new",
            "reproduction-rule",
            "-n",
            "Plain",
            "--suite",
            RealData.Root,
            "--debug:custom-hive",
            "hive"
        );
        Assert.Equal((0, ""), (made.Code, made.Error));
        Executable.Outcome tests = await reproduce.RunDotnet("test", "Plain/Plain.Tests");
        Assert.Contains("Passed:    11", tests.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contract_is_packed_with_what_it_needs_and_nothing_else_can_be()
    {
        foreach (string project in new[] { "src/Network", "src/Numerics", "src/Conformance" })
        {
            Executable.Outcome pack = await reproduce.RunDotnet(
                "pack",
                Path.Combine(RealData.Root, project),
                "--output",
                "packages"
            );
            Assert.Equal((0, ""), (pack.Code, pack.Error));
        }

        Assert.Equal(
            [
                "Reproduction.Conformance.0.3.0.nupkg",
                "Reproduction.Network.0.3.0.nupkg",
                "Reproduction.Numerics.0.3.0.nupkg",
            ],
            Directory
                .EnumerateFiles(Path.Combine(reproduce.Folder, "packages"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
        await reproduce.RunDotnet("pack", Path.Combine(RealData.Root, "src/Evaluation"), "--output", "others");
        Assert.False(Directory.Exists(Path.Combine(reproduce.Folder, "others")));
    }

    private static void CopyFolder(string? from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in from is null ? [] : Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
    }

    private static string ProbeLine(string output) =>
        output.Split('\n').First(line => line.Contains("ridge:", StringComparison.Ordinal));

    [GeneratedRegex("class (?<name>[A-Za-z]+)")]
    private static partial Regex ClassName();

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
