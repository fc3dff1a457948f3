using System.Text;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Store;

/// <summary>Writes a file so that it is there whole or not at all, whenever the process or the machine stops.</summary>
public static class AtomicFile
{
    /// <summary>Of files that are being written; nobody else gives their names such an ending.</summary>
    internal const string Ending = ".reproduce.tmp";

    // As deep as results and figures lie: DIR/PROFILE/PAPER/DATASET.
    private const int Depth = 3;

    // No file takes that long to write: whoever began it was killed.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// Fails now rather than after hours of computing if a folder cannot be written to. Makes it if needed, and removes
    /// what killed writes have left in it.
    /// </summary>
    /// <exception cref="ResultsException">The folder cannot be made or written to, or its disk is full.</exception>
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
    /// <exception cref="IOException">Folder not writable, disk full; no partial file is left.</exception>
    public static void Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    /// <inheritdoc cref="Write(string, string)"/>
    public static void Write(string path, byte[] content) => Write([(path, content)]);

    /// <summary>
    /// Replaces several files that belong together: none is touched until the new content of all is on disk.
    /// </summary>
    /// <exception cref="IOException">Folder not writable, disk full; no partial file is left.</exception>
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

    /// <param name="now">By the clock of the folder's file system.</param>
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
                // Somebody else's: it does no harm.
            }
        }
    }
}
