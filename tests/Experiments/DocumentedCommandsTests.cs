using System.Text.RegularExpressions;

namespace Reproduction.Tests.Experiments;

/// <summary>
/// Tests that the executable accepts every command that README and docs show. Long commands are checked without being
/// run. The page docs/add-a-rule.md has its own tests.
/// </summary>
public sealed partial class DocumentedCommandsTests(DocumentedCommandsTests.Copy copy)
    : IClassFixture<DocumentedCommandsTests.Copy>
{
    private static readonly string[] WithDryRun = ["all", "run", "train", "compare", "check", "bench"];

    public static TheoryData<string> Commands =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(RealData.Root, "docs"), "*.md")
                .Where(file => Path.GetFileName(file) != "add-a-rule.md")
                .Append(Path.Combine(RealData.Root, "README.md"))
                .SelectMany(file =>
                    Command()
                        .Matches(File.ReadAllText(file))
                        .Select(match => match.Groups["line"].Value + match.Groups["inline"].Value)
                )
                .Select(command => command.Split(" #")[0].Trim())
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_documented_command_is_taken(string command)
    {
        string[] words =
        [
            .. command
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word =>
                    word switch
                    {
                        "DIR" => copy.Reproduce.Folder,
                        "N" => "32",
                        "S" => "1",
                        "FILE.dll" => SamplePlugin.File,
                        "MINE" => "sample-hebb",
                        "laptop-1" or "laptop-2" => copy.Reproduce.Results,
                        _ => word.Trim('"'),
                    }
                ),
        ];
        string name = words.Length == 0 || words[0].StartsWith('-') ? "all" : words[0];
        bool isDownload = name == "data" && words.Contains("fetch");
        Executable.Outcome outcome = await copy.Reproduce.Run([
            .. words,
            .. WithDryRun.Contains(name) ? ["--dry-run"]
            // It has tests of its own; here there is nothing that it could verify.
            : name == "verify" ? ["--help"]
            : isDownload ? ["--offline"]
            : Array.Empty<string>(),
        ]);
        if (isDownload)
        {
            Assert.Equal(2, outcome.Code);
            Assert.Contains("needs the network", outcome.Error, StringComparison.Ordinal);
            return;
        }

        // Warnings about the sample plugin are printed too, but they are not tested here.
        Assert.Equal(
            (0, ""),
            (
                outcome.Code,
                string.Concat(
                    outcome
                        .Error.Split('\n')
                        .Where(line => !line.StartsWith("warning: plugin", StringComparison.Ordinal))
                )
            )
        );
        Assert.True(!WithDryRun.Contains(name) || outcome.Output.Contains("dry run: ", StringComparison.Ordinal));
    }

    [Fact]
    public void There_are_commands_to_check() => Assert.True(Commands.Count > 20);

    /// <summary>A folder with a copy of the committed results.</summary>
    public sealed class Copy : IDisposable
    {
        public Copy()
        {
            Directory.CreateDirectory(Path.Combine(Reproduce.Folder, "paper-figures"));
            string results = Path.Combine(RealData.Root, "results");
            foreach (
                string file in Directory.EnumerateFiles(
                    Path.Combine(results, "paper"),
                    "*",
                    SearchOption.AllDirectories
                )
            )
            {
                string copied = Path.Combine(Reproduce.Results, Path.GetRelativePath(results, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copied)!);
                File.Copy(file, copied);
            }
        }

        internal Executable Reproduce { get; } = new();

        public void Dispose() => Reproduce.Dispose();
    }

    [GeneratedRegex(@"^ *\./reproduce(?<line>[^\n]*)$|`(\./)?reproduce (?<inline>[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Command();
}
