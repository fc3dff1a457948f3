using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Reproduction.Evaluation;

/// <summary>
/// Finished runs as files, one a run, named by its id. A file is written atomically and carries the checksum of its record, so a sweep that
/// was killed continues with what it had, and a damaged file is noticed and its run repeated.
/// </summary>
/// <param name="folder">Made when the first file is written.</param>
/// <param name="report">Takes one line for each file that had to be passed over.</param>
public sealed class RunStore(string folder, Action<string> report)
{
    /// <summary>The record of a spec, if it is there, whole, of the same data and made by the same code.</summary>
    /// <param name="code">From <see cref="RunExecutor.CodeOf"/>.</param>
    public RunRecord? Find(RunSpec spec, string dataSetSha256, string code)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string path = PathOf(spec.RunId());
        if (!File.Exists(path))
        {
            return null;
        }

        RunRecord? record = Read(path);
        if (record is null || record.Spec.ToJson() != spec.ToJson())
        {
            report($"{path}: damaged or of an older version; the run is repeated");
            return null;
        }

        if (record.DataSetSha256 != dataSetSha256)
        {
            report($"{path}: made from other data (SHA-256 {record.DataSetSha256[..12]}…, now {dataSetSha256[..12]}…); the run is repeated");
            return null;
        }

        if (record.Code != code)
        {
            report($"{path}: made by other code than this build's; the run is repeated");
            return null;
        }

        return record;
    }

    /// <summary>Says how many records are of an older specification: their runs have other ids now, so they are never found, and what is needed is made anew.</summary>
    public void ReportOlder()
    {
        string current = $"\"version\":{RunSpec.CurrentVersion},";
        int older = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Count(path => !path.EndsWith(".provenance.json", StringComparison.Ordinal) && !Beginning(path).Contains(current, StringComparison.Ordinal)) : 0;
        if (older > 0)
        {
            report($"{folder}: {older} run{(older == 1 ? " is" : "s are")} of an older specification (now {RunSpec.CurrentVersion}) or damaged and not used; what is needed is made anew");
        }
    }

    /// <summary>Keeps a finished run.</summary>
    /// <exception cref="IOException">It cannot be written; nothing is left behind.</exception>
    public void Save(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string json = JsonSerializer.Serialize(record, RunJson.Options);
        AtomicFile.Write(PathOf(record.RunId), $$"""{"sha256":"{{Sha256(json)}}","record":{{json}}}""" + "\n");
        File.Delete(FaultPathOf(record.RunId));
    }

    /// <summary>Keeps, in the place of a record, why a run could not be made: its rule broke down or refused its network.</summary>
    /// <param name="code">From <see cref="RunExecutor.CodeOf"/>.</param>
    public void SaveFault(RunSpec spec, string dataSetSha256, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(spec);
        AtomicFile.Write(FaultPathOf(spec.RunId()), JsonSerializer.Serialize(new RunFault(dataSetSha256, code, message), RunJson.Options) + "\n");
    }

    /// <summary>Why a run could not be made; null if there is a record of it, or nothing is known for the same data and code.</summary>
    /// <param name="code">From <see cref="RunExecutor.CodeOf"/>.</param>
    public string? FindFault(RunSpec spec, string dataSetSha256, string code)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string path = FaultPathOf(spec.RunId());
        if (!File.Exists(path) || File.Exists(PathOf(spec.RunId())))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<RunFault>(File.ReadAllBytes(path), RunJson.Options) is { } fault && fault.DataSetSha256 == dataSetSha256 && fault.Code == code ? fault.Message : null;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            // Damaged, or somebody has just made the run.
            return null;
        }
    }

    /// <summary>Marks a run as being made, until the mark is disposed of.</summary>
    public RunMark Mark(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new RunMark(MarkPathOf(spec.RunId()));
    }

    /// <summary>Whether somebody is making the run now, here or on another machine that has the folder.</summary>
    /// <param name="now">By the clock of the folder's file system: other machines' may be wrong.</param>
    public bool IsMarked(RunSpec spec, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string path = MarkPathOf(spec.RunId());
        return File.Exists(path) && (now - File.GetLastWriteTimeUtc(path)).Duration() < RunMark.Lifetime;
    }

    /// <summary>The time by the clock of the folder's file system.</summary>
    public DateTime Now()
    {
        string probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            File.WriteAllText(probe, "");
            return File.GetLastWriteTimeUtc(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Who may only read has this machine's clock.
            return DateTime.UtcNow;
        }
        finally
        {
            File.Delete(probe);
        }
    }

    /// <summary>Where the provenance of a lone run lies, beside its record.</summary>
    public string ProvenancePathOf(string runId) => Path.Combine(folder, runId + ".provenance.json");

    private string MarkPathOf(string runId) => Path.Combine(folder, runId + ".running");

    private string FaultPathOf(string runId) => Path.Combine(folder, runId + ".fault");

    private string PathOf(string runId) => Path.Combine(folder, runId + ".json");

    /// <summary>As much of a file as holds its specification's version.</summary>
    private static string Beginning(string path)
    {
        byte[] bytes = new byte[256];
        using FileStream file = File.OpenRead(path);
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>Whether a file holds the record that its checksum is of.</summary>
    public static bool IsWhole(string path) => Read(path) is not null;

    private static RunRecord? Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement record = document.RootElement.GetProperty("record");
            return document.RootElement.GetProperty("sha256").GetString() == Sha256(record.GetRawText())
                ? record.Deserialize<RunRecord>(RunJson.Options)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record RunFault(string DataSetSha256, string Code, string Message);
}
