using System.IO.Compression;

namespace Reproduction.Data;

/// <summary>Reads the files of data sets, gzip-compressed or not.</summary>
internal static class DataFile
{
    // .NET's GZipStream ends without a word where its data end, whole or not. Therefore one more gzip member is put
    // behind those of the file. It is found only if the last of these came to its end, with its checksum and length.
    private static readonly byte[] Mark = [.. "the file was whole"u8];
    private static readonly byte[] PackedMark = Pack(Mark);

    /// <summary>
    /// The largest accepted size in bytes, of uncompressed content or of a download; no file of a known data set is
    /// larger.
    /// </summary>
    public const long LargestSize = 1L << 28;

    /// <summary>Returns the uncompressed content of a file; its first bytes decide whether it is compressed.</summary>
    /// <exception cref="DataSetException">The file is missing, unreadable, damaged, cut short or too large.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] content = ReadAll(file, path);
            return content is [0x1f, 0x8b, ..] ? Unpack(content, path) : content;
        }
        catch (InvalidDataException exception)
        {
            throw new DataSetException(
                $"{path}: damaged gzip data, or cut short; replace it with the original",
                exception
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{path}: cannot be read ({exception.Message})", exception);
        }
    }

    private static byte[] Unpack(byte[] packed, string path)
    {
        using GZipStream source = new(new MemoryStream([.. packed, .. PackedMark]), CompressionMode.Decompress);
        byte[] content = ReadAll(source, path);
        return content.AsSpan().EndsWith(Mark) ? content[..^Mark.Length] : throw new InvalidDataException();
    }

    private static byte[] ReadAll(Stream source, string path)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = source.Read(buffer)) > 0; )
        {
            content.Write(buffer, 0, read);
            if (content.Length > LargestSize)
            {
                throw new DataSetException(
                    $"{path}: larger than {LargestSize >> 20} MiB uncompressed, which no known data set is; replace "
                        + "it with the original"
                );
            }
        }

        return content.ToArray();
    }

    private static byte[] Pack(byte[] content)
    {
        MemoryStream packed = new();
        using (GZipStream target = new(packed, CompressionLevel.Fastest))
        {
            target.Write(content);
        }

        return packed.ToArray();
    }
}
