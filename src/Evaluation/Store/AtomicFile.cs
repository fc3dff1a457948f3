using System.Text;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// Writes a file atomically: it is there whole or not at all, whenever the process or the machine stops.
/// </summary>
public static class AtomicFile
{
    /// <summary>
    /// The ending of the names of files that are still being written; no other file has a name with this ending.
    /// </summary>
    internal const string Ending = ".reproduce.tmp";

    // Results and figures lie as deep as this: DIR/PROFILE/PAPER/DATASET.
    private const int Depth = 3;

    // Writing a file never takes this long: an older temporary file is left over from a killed process.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Checks that a folder can be written to, so that a run fails now rather than after hours of computing. Creates
    /// the folder if needed, and removes what killed writes have left in it.
    /// </summary>
    /// <exception cref="ResultsException">The folder cannot be created or written to, or its disk is full.</exception>
    public static void RequireWritable(string folder)
    {
        try
        {
            string probe = Path.Combine(folder, ".writable");
            Write(probe, new byte[4096]);
            RemoveLeftovers(folder, File.GetLastWriteTimeUtc(probe));
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ResultsException(
                $"{folder}: cannot be written to "
                    + $"({exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}); name another folder",
                exception
            );
        }
    }

    /// <summary>
    /// Replaces the file's content; an existing file stays untouched until the new content is on disk.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full; no partial file is
    /// left.</exception>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, byte[] content) => Write([(path, content)]);

    /// <summary>
    /// Replaces several files that belong together: none is touched until the new content of all is on disk.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full; no partial file is
    /// left.</exception>
    public static void Write(IReadOnlyList<(string Path, byte[] Content)> files)
    {
        List<(string Temporary, string Path)> written = [];
        try
        {
            foreach ((string path, byte[] content) in files)
            {
                string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
                Directory.CreateDirectory(folder);
                string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{Ending}");
                written.Add((temporary, path));
                using FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write);
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            foreach ((string temporary, string path) in written)
            {
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch
        {
            foreach ((string temporary, _) in written)
            {
                File.Delete(temporary);
            }

            throw;
        }
    }

    /// <param name="now">The current time, in UTC, by the clock of the folder's file system.</param>
    private static void RemoveLeftovers(string folder, DateTime now)
    {
        EnumerationOptions everywhere = new()
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = Depth,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        foreach (
            string path in Directory
                .EnumerateFiles(folder, $".*{Ending}", everywhere)
                .Where(path => now - File.GetLastWriteTimeUtc(path) > Longest)
        )
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The file belongs to somebody else; it does no harm.
            }
        }
    }
}
