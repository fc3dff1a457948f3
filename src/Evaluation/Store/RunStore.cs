using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// Stores finished runs as files, one file per run, named by the run's id. A file is written atomically and carries the
/// checksum of its record. So a sweep that was killed continues with the runs it had, and a damaged file is noticed and
/// its run repeated.
/// </summary>
/// <param name="folder">The folder of the files; it is created when the first file is written.</param>
/// <param name="report">Receives one line for each file that had to be ignored.</param>
public sealed class RunStore(string folder, Action<string> report)
{
    private const int Sha256Length = 64;

    // In bytes; hundreds of times the size of the longest run's record.
    private const int LargestRecord = 1 << 26;

    private static ReadOnlySpan<byte> Opening => "{\"sha256\":\""u8;

    private static ReadOnlySpan<byte> Middle => "\",\"record\":"u8;

    private static ReadOnlySpan<byte> Closing => "}\n"u8;

    /// <summary>
    /// Returns the record of a spec if it exists, is whole, and was made from the same data by the same code; else
    /// null.
    /// </summary>
    /// <param name="code">The fingerprint of the code, from <see cref="RunExecutor.CodeOf"/>.</param>
    public RunRecord? Find(RunSpec spec, string dataSetSha256, string code)
    {
        ArgumentNullException.ThrowIfNull(spec);
        (RunRecord? record, string? problem) = Look(spec, dataSetSha256, code);
        if (problem is not null)
        {
            report(problem);
        }

        return record;
    }

    /// <summary>Returns the records of many specs.</summary>
    /// <param name="specs">The specs, each with its code from <see cref="RunExecutor.CodeOf"/>.</param>
    /// <returns>The records that were found, in the order of the specs.</returns>
    public IReadOnlyList<RunRecord> Find(
        IReadOnlyList<(RunSpec Spec, string Code)> specs,
        string dataSetSha256,
        int threads
    )
    {
        List<RunRecord> found = [];
        foreach (
            (RunRecord? record, string? problem) in specs
                .AsParallel()
                .AsOrdered()
                .WithDegreeOfParallelism(Math.Clamp(threads, 1, 512))
                .Select(run => Look(run.Spec, dataSetSha256, run.Code))
        )
        {
            if (record is not null)
            {
                found.Add(record);
            }
            else if (problem is not null)
            {
                report(problem);
            }
        }

        return found;
    }

    /// <summary>
    /// Reports how many records are of an older specification. Their runs have other ids now, so they are never found,
    /// and the runs that are needed are repeated.
    /// </summary>
    public void ReportOlder()
    {
        string current = $"\"version\":{RunSpec.CurrentVersion},";
        int older = Records(folder).Count(path => !Beginning(path).Contains(current, StringComparison.Ordinal));
        if (older > 0)
        {
            report(
                $"{folder}: {older} run{(older == 1 ? " is" : "s are")} of an older specification (now "
                    + $"{RunSpec.CurrentVersion}) or damaged and not used; what is needed is made anew"
            );
        }
    }

    /// <summary>Saves the record of a finished run.</summary>
    /// <exception cref="IOException">The record cannot be written; nothing is left behind.</exception>
    public void Save(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        AtomicFile.Write(PathOf(record.RunId), Sealed(JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Options)));
        File.Delete(FailurePathOf(record.RunId));
    }

    /// <summary>
    /// Saves, in place of a record, why a run could not be made: its rule broke down or refused its network.
    /// </summary>
    /// <param name="code">The fingerprint of the code, from <see cref="RunExecutor.CodeOf"/>.</param>
    public void SaveFailure(RunSpec spec, string dataSetSha256, string code, string message)
    {
        ArgumentNullException.ThrowIfNull(spec);
        AtomicFile.Write(
            FailurePathOf(spec.RunId()),
            JsonSerializer.Serialize(new RunFailure(dataSetSha256, code, message), RunJson.Options) + "\n"
        );
    }

    /// <summary>
    /// Returns why a run could not be made; null if the run has a record, or if nothing is known for the same data and
    /// code.
    /// </summary>
    /// <param name="code">The fingerprint of the code, from <see cref="RunExecutor.CodeOf"/>.</param>
    public string? FindFailure(RunSpec spec, string dataSetSha256, string code)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string path = FailurePathOf(spec.RunId());
        if (!File.Exists(path) || File.Exists(PathOf(spec.RunId())))
        {
            return null;
        }

        try
        {
            return
                RunJson.Read<RunFailure>(File.ReadAllBytes(path)) is { } failure
                && failure.DataSetSha256 == dataSetSha256
                && failure.Code == code
                ? failure.Message
                : null;
        }
        catch (FileNotFoundException)
        {
            // Another process has just made the run.
            return null;
        }
    }

    /// <summary>Marks a run as being made, until the mark is disposed.</summary>
    public RunMark Mark(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new RunMark(MarkPathOf(spec.RunId()));
    }

    /// <summary>
    /// Whether a process is making the run now, on this machine or on another that shares the folder.
    /// </summary>
    /// <param name="now">The time, in UTC, by the clock of the folder's file system; the clocks of other machines may
    /// be wrong.</param>
    public bool IsMarked(RunSpec spec, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(spec);

        // A missing file counts as infinitely old.
        return (now - File.GetLastWriteTimeUtc(MarkPathOf(spec.RunId()))).Duration() < RunMark.Lifetime;
    }

    /// <summary>Whether a process is making the run at this moment, by the clock of the folder's file system.</summary>
    public bool IsMarked(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return File.Exists(MarkPathOf(spec.RunId())) && IsMarked(spec, Now());
    }

    /// <summary>Returns the current time, in UTC, by the clock of the folder's file system.</summary>
    public DateTime Now()
    {
        string probe = Path.Combine(folder, $".{Guid.NewGuid():N}{AtomicFile.Ending}");
        try
        {
            File.WriteAllText(probe, "");
            return File.GetLastWriteTimeUtc(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder cannot be written to, so this machine's clock is used.
            return DateTime.UtcNow;
        }
        finally
        {
            File.Delete(probe);
        }
    }

    /// <summary>Returns the path of a single run's provenance file, beside its record.</summary>
    public string ProvenancePathOf(string runId) => Path.Combine(folder, runId + ".provenance.json");

    private string MarkPathOf(string runId) => Path.Combine(folder, runId + ".running");

    private string FailurePathOf(string runId) => Path.Combine(folder, runId + ".failure");

    private string PathOf(string runId) => Path.Combine(folder, runId + ".json");

    /// <summary>
    /// Returns the record if it can be used; else the reason why it cannot, if there is a record at all.
    /// </summary>
    internal (RunRecord? Record, string? Problem) Look(RunSpec spec, string dataSetSha256, string code)
    {
        string id = spec.RunId(),
            path = PathOf(id);
        if (!File.Exists(path))
        {
            return default;
        }

        RunRecord? record = Read(path);
        string? problem =
            record is null || record.RunId != id || record.Spec.ToJson() != spec.ToJson()
                ? "damaged or of an older version"
            : record.DataSetSha256 != dataSetSha256
                ? $"made from other data than those at hand (SHA-256 {dataSetSha256[..12]}…)"
            : record.Code != code ? "made by other code than this"
            : null;
        return problem is null ? (record, null) : (null, $"{path}: {problem}; the run is repeated");
    }

    /// <summary>Reads enough of a file's beginning to include the version of its specification.</summary>
    private static string Beginning(string path)
    {
        byte[] bytes = new byte[256];
        using FileStream file = File.OpenRead(path);
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>
    /// Returns the files in a folder that hold records, sorted by name; empty if the folder does not exist.
    /// </summary>
    public static IReadOnlyList<string> Records(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, "*.json")
                    .Where(path => !path.EndsWith(".provenance.json", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];

    /// <summary>Whether a file holds a complete record that matches its checksum.</summary>
    public static bool IsWhole(string path) => Read(path) is not null;

    private static RunRecord? Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (file.Length > LargestRecord)
        {
            return null;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)file.Length);
        try
        {
            return Read(buffer.AsSpan(0, file.ReadAtLeast(buffer, (int)file.Length, throwOnEndOfStream: false)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Reads a record from the content of its file; returns null if it is damaged. The bytes are checked before they
    /// are parsed: an envelope of fixed lengths around a record that matches the checksum.
    /// </summary>
    private static RunRecord? Read(ReadOnlySpan<byte> content)
    {
        int start = Opening.Length + Sha256Length,
            end = content.Length - Closing.Length;
        if (
            end < start + Middle.Length
            || !content.StartsWith(Opening)
            || !content[start..].StartsWith(Middle)
            || !content[end..].SequenceEqual(Closing)
        )
        {
            return null;
        }

        ReadOnlySpan<byte> record = content[(start + Middle.Length)..end];
        return
            content[Opening.Length..start].SequenceEqual(Encoding.ASCII.GetBytes(Sha256(record)))
            && RunJson.Read<RunRecord>(record) is { IsComplete: true } whole
            ? whole
            : null;
    }

    /// <summary>Returns the content of a record's file: the record and its checksum.</summary>
    internal static byte[] Sealed(byte[] record) =>
        [.. Opening, .. Encoding.ASCII.GetBytes(Sha256(record)), .. Middle, .. record, .. Closing];

    private static string Sha256(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed record RunFailure(string DataSetSha256, string Code, string Message);
}
