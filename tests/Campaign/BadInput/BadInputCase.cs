using Reproduction.Campaign.Files;

namespace Reproduction.Campaign.BadInput;

/// <summary>A bad input, and what the executable must print.</summary>
/// <param name="About">The command or the kind of file that the case is about.</param>
/// <param name="Code">The expected exit code: 2 for wrong usage, 1 for a failure, 0 where the rest goes on.</param>
/// <param name="Line">All that the executable prints on standard error. {results}, {figures}, {data}, {here}, {plugin}
/// and {suite} stand for folders; {rules}, {datasets} and {experiments} stand for lists of valid names; … at the end
/// stands for text that differs from machine to machine.</param>
/// <param name="Command">The words of the command, separated by spaces; ␣ stands for a space within a word, ⏎ for the
/// end of a line. The folders above may occur in it.</param>
internal sealed record BadInputCase(string About, string Name, int Code, string Line, string Command)
{
    /// <summary>Makes the files that the case needs.</summary>
    public Action<Executable>? Prepare { get; init; }

    /// <summary>The commands that take a results folder; each case has its own.</summary>
    private static readonly string[] Writing =
    [
        "train",
        "run",
        "all",
        "figures",
        "check",
        "compare",
        "claims",
        "report",
        "merge",
        "slurm",
    ];

    /// <summary>Runs the command and compares the outcome with the expected one.</summary>
    /// <returns>What is wrong with the outcome; null if nothing is.</returns>
    public async Task<string?> Try(Executable reproduce)
    {
        Prepare?.Invoke(reproduce);
        string[] words =
        [
            .. Command.Split(' ').Select(word => Fill(word.Replace('␣', ' ').Replace('⏎', '\n'), reproduce)),
        ];
        string[] arguments =
            Writing.Contains(words[0]) && !words.Contains("--results")
                ? [.. words, "--results", reproduce.Results]
                : words;
        string[] before = Files(reproduce);
        Executable.Outcome outcome = await reproduce.Run(arguments);
        string[] lines = outcome.Error.TrimEnd('\n').Split('\n');
        string line =
            lines.FirstOrDefault(candidate =>
                !candidate.StartsWith("warning: plugin", StringComparison.Ordinal) || lines.Length == 1
            ) ?? lines[0];
        return outcome.Code != Code || !Matches(Unfill(line, reproduce))
                ? $"exit code {outcome.Code}: {Unfill(line, reproduce)}"
            : lines.Count(other => other == line) > 1
            || lines.Any(other => other != line && !other.StartsWith("warning: plugin", StringComparison.Ordinal))
                ? $"more than a line: {outcome.Error}"
            : (outcome.Output + outcome.Error).Contains("\n   at ", StringComparison.Ordinal) ? "a stack trace"
            : Code == 2 && !Files(reproduce).SequenceEqual(before) ? "files were written"
            : null;
    }

    private bool Matches(string line) =>
        Line.EndsWith('…') ? line.StartsWith(Line[..^1], StringComparison.Ordinal) : line == Line;

    /// <summary>Lists the names, sizes and times of all files.</summary>
    private static string[] Files(Executable reproduce) =>
        [
            .. new DirectoryInfo(reproduce.Folder)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<(string Name, string Text)> Places(Executable reproduce) =>
        [
            ("{results}", reproduce.Results),
            ("{figures}", reproduce.Figures),
            ("{data}", reproduce.Data),
            ("{here}", reproduce.Folder),
            ("{plugin}", SamplePlugin.Folder),
            ("{suite}", AppContext.BaseDirectory.TrimEnd('/')),
        ];

    private static string Fill(string text, Executable reproduce) =>
        Places(reproduce)
            .Aggregate(text, (filled, place) => filled.Replace(place.Name, place.Text, StringComparison.Ordinal));

    private static string Unfill(string text, Executable reproduce) =>
        BadInputCases
            .Lists.Concat(Places(reproduce))
            .Aggregate(text, (filled, place) => filled.Replace(place.Text, place.Name, StringComparison.Ordinal));
}
