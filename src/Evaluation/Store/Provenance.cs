using System.Text.Json;
using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Store;

/// <summary>Holds what a reader needs in order to reproduce results, and names the machines that made them.</summary>
public sealed record Provenance
{
    private static readonly JsonSerializerOptions Indented = new(RunJson.Options) { WriteIndented = true };

    public required IReadOnlyList<string> CommandLine { get; init; }

    public required string DataSet { get; init; }

    public required string DataSetSha256 { get; init; }

    /// <summary>SHA-256 of each part's uncompressed content.</summary>
    public required IReadOnlyDictionary<string, string> DataSetParts { get; init; }

    /// <summary>The shape of one input seen as an image.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>The seeds of the runs that the results show; a search's trials have seeds of their own.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>SHA-256 of each results file that the provenance covers, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Every machine and software version that made one of the runs, in order of first occurrence.</summary>
    public required IReadOnlyList<Machine> Machines { get; init; }

    /// <summary>Describes where results come from.</summary>
    /// <param name="commandLine">The arguments; the user's own folder in them is written as ~.</param>
    /// <param name="records">The runs the results were made from.</param>
    /// <exception cref="ResultsException">A run was made from other data.</exception>
    public static Provenance Of(DataSet data, IReadOnlyList<string> commandLine, IReadOnlyList<RunRecord> records)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (records.FirstOrDefault(record => record.DataSetSha256 != data.Sha256) is { } foreign)
        {
            throw new ResultsException(
                $"run {foreign.RunId}: made from other data (SHA-256 {foreign.DataSetSha256[..12]}…) than "
                    + $"{data.Title} at hand ({data.Sha256[..12]}…); results of different data are never put "
                    + "into one table, remove the run"
            );
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new Provenance
        {
            CommandLine =
            [
                .. commandLine.Select(argument =>
                    home.Length > 1 ? argument.Replace(home, "~", StringComparison.Ordinal) : argument
                ),
            ],
            DataSet = data.Title,
            DataSetSha256 = data.Sha256,
            DataSetParts = new SortedDictionary<string, string>(data.Checksums.ToDictionary(), StringComparer.Ordinal),
            Shape = data.Shape,
            Seeds = [.. records.Select(record => record.Spec.Seed).Distinct().Order()],
            Machines = [.. records.Select(record => record.Machine).Distinct()],
        };
    }

    /// <summary>Reads a file written by <see cref="ToJson"/>; returns null if the file does not exist.</summary>
    /// <exception cref="ResultsException">The file is damaged.</exception>
    public static Provenance? Load(string path) =>
        !File.Exists(path) ? null
        : RunJson.Read<Provenance>(File.ReadAllBytes(path)) is { } provenance
        && IsSha256(provenance.DataSetSha256)
        && provenance.Machines.All(machine => machine is not null)
        && provenance.CommandLine.All(word => word is not null)
            ? provenance
        : throw new ResultsException($"{path}: damaged; make it again with 'reproduce run'");

    /// <summary>Whether a text is a SHA-256 as this suite writes it: 64 lower-case hexadecimal digits.</summary>
    public static bool IsSha256(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Returns the content of the provenance file.</summary>
    public byte[] ToJson() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Indented), (byte)'\n'];
}
