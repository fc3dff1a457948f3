using System.IO.Compression;

namespace Reproduction.Campaign.Files;

/// <summary>Makes small IDX files.</summary>
internal static class IdxFiles
{
    public static byte[] Array(int[] dimensions, byte[] values)
    {
        List<byte> content = [0, 0, 8, (byte)dimensions.Length];
        foreach (int size in dimensions)
        {
            content.AddRange([(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]);
        }

        return [.. content, .. values];
    }

    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream file = new();
        using (GZipStream gzip = new(file, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return file.ToArray();
    }

    public static string Write(string folder, string name, byte[] content, bool isCompressed)
    {
        string path = Path.Combine(folder, name + (isCompressed ? ".gz" : ""));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, isCompressed ? Gzip(content) : content);
        return path;
    }

    /// <summary>Writes four files under MNIST's names and returns the data set's folder.</summary>
    public static string WriteFakeMnist(string dataFolder, int images, int labels)
    {
        string folder = Path.Combine(dataFolder, "mnist");
        foreach (string split in new[] { "train", "t10k" })
        {
            Write(
                folder,
                $"{split}-images-idx3-ubyte",
                Array([images, 2, 2], new byte[images * 4]),
                isCompressed: true
            );
            Write(folder, $"{split}-labels-idx1-ubyte", Array([labels], new byte[labels]), isCompressed: true);
        }

        return folder;
    }
}
