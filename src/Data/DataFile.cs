using System.IO.Compression;

namespace Reproduction.Data;

/// <summary>Reads the files of data sets, gzip-compressed or not.</summary>
internal static class DataFile
{
    /// <summary>
    /// The largest accepted size in bytes, of uncompressed content or of a download; no file of a known data set is
    /// larger.
    /// </summary>
    public const long LargestSize = 1L << 28;

    /// <summary>Returns the uncompressed content of a file; its first bytes decide whether it is compressed.</summary>
    /// <exception cref="DataSetException">The file is missing, unreadable, damaged or too large.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            bool isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            using Stream source = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
            using MemoryStream content = new();
            byte[] buffer = new byte[1 << 16];
            for (int read; (read = source.Read(buffer)) > 0; )
            {
                content.Write(buffer, 0, read);
                if (content.Length > LargestSize)
                {
                    throw new DataSetException(
                        $"{path}: larger than {LargestSize >> 20} MiB uncompressed, which no known data "
                            + "set is; replace it with the original"
                    );
                }
            }

            return content.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw new DataSetException($"{path}: damaged gzip data; replace it with the original", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{path}: cannot be read ({exception.Message})", exception);
        }
    }
}
