using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Reproduction.Data;

/// <summary>
/// CIFAR-10 in its binary layout: 10,000 records per file, each of one label byte and 3072 pixel bytes (red, green and
/// blue plane, each row by row).
/// </summary>
/// <remarks>
/// The publisher's checksum covers the archive. When <c>data fetch</c> unpacks the archive, it writes the checksums of
/// the unpacked files to <see cref="SumsFile"/>, and files beside such a list must agree with it. Files without a list
/// are accepted if their layout is right, and every result made from them says that they are unverified. One widespread
/// re-encoding is recognised and named.
/// </remarks>
public sealed class CifarDataSet : PublishedImages
{
    /// <summary>
    /// The file, beside the data files, that holds their checksums as they came from the publisher's archive.
    /// </summary>
    public const string SumsFile = "SHA256SUMS";

    private const int ClassCount = 10;
    private const string Archive = "cifar-10-binary.tar.gz";
    private const string ArchiveSha256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";
    private const string PartSuffix = ".part";
    private const string TestFile = "test_batch.bin";

    private static readonly ImageShape Shape = new(3, 32, 32);
    private static readonly string[] TrainingFiles =
    [
        .. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin"),
    ];

    // These files hold the images after saving them as JPEG (quality 75, 4:2:0) and decoding them: not the published
    // pixels.
    private static readonly Dictionary<string, string> JpegChecksums = new()
    {
        ["data_batch_1.bin"] = "a6f48cd4d8745d5b80b6a0f7665654d54e1aacda199a3a966cb7958b11d38f22",
        ["data_batch_2.bin"] = "0fedfbc7e914d425128b1bd02ce525bb46d91e8501ef68fa7212b115ee833d29",
        ["data_batch_3.bin"] = "98224e1a8a07e8e89e999b20ca6cde6227368fe22adde323001e2bd951a6377b",
        ["data_batch_4.bin"] = "d15e189b4939a25320baf2370f8a90a276205c86ec9ba1a7078ee110750e4f60",
        ["data_batch_5.bin"] = "0c8c18d4d4520b54624388692c1c184a98d73ef1166ddcf5346e47a937e283b8",
        [TestFile] = "2696e48ae3fe74d50ecaacc0b8092b89bf95cd3f6471d079f4cbd39a956c18c3",
    };

    /// <summary>The small colour photographs of Krizhevsky 2009.</summary>
    public static CifarDataSet Cifar10 { get; } =
        new()
        {
            Id = "cifar10",
            Title = "CIFAR-10",
            Folder = Path.Combine("cifar-10", "cifar-10-batches-bin"),
            Normalization = new PixelNormalization([0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]),
            Mirrors = [new("https://www.cs.toronto.edu/~kriz/")],
        };

    /// <summary>The number of records per file.</summary>
    internal int Records { get; init; } = 10_000;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [.. TrainingFiles, TestFile];

    /// <inheritdoc/>
    public override string? Find(string dataFolder, string name)
    {
        string path = Path.Combine(dataFolder, Folder, name);
        return File.Exists(path) ? path : null;
    }

    /// <inheritdoc/>
    public override DataSet Load(string dataFolder)
    {
        Dictionary<string, string> checksums = [];
        byte[][] training = [.. TrainingFiles.Select(name => Read(dataFolder, name, checksums))];
        byte[] test = Read(dataFolder, TestFile, checksums);
        return DataSet.Of(
            Id,
            TitleOf(Path.Combine(dataFolder, Folder), checksums),
            Shape,
            ClassCount,
            Split(training),
            Split([test]),
            Normalization,
            checksums
        );
    }

    /// <inheritdoc/>
    internal override IEnumerable<Download> Downloads(string dataFolder)
    {
        string archive = Path.Combine(dataFolder, "cifar-10", Archive);
        return Missing(dataFolder).Count == 0
            ? []
            :
            [
                new Download(
                    Archive,
                    archive,
                    ArchiveSha256,
                    IsOfContent: false,
                    () => Unpack(archive, Path.Combine(dataFolder, Folder))
                ),
            ];
    }

    /// <summary>
    /// Extracts the six files from the archive, under their own names only, and deletes the archive. Their checksums
    /// are written before any file is in place. A file that is already there stays: if it differs, loading reports it.
    /// </summary>
    /// <exception cref="DataSetException">The archive is damaged or not the expected one.</exception>
    internal void Unpack(string archive, string folder)
    {
        Directory.CreateDirectory(folder);
        SortedDictionary<string, string> sums;
        try
        {
            sums = Extract(archive, folder);
        }
        catch (Exception exception)
            when (exception
                    is EndOfStreamException
                        or not (IOException or UnauthorizedAccessException or OutOfMemoryException)
            )
        {
            // A damaged archive makes its readers throw exceptions of many types; only errors of the disk mean
            // something else.
            throw new DataSetException($"{archive}: damaged; delete it and fetch it again", exception);
        }

        File.WriteAllText(
            Path.Combine(folder, SumsFile),
            string.Concat(sums.Select(sum => $"{sum.Value}  {sum.Key}\n"))
        );
        foreach (string name in sums.Keys)
        {
            string part = Path.Combine(folder, name + PartSuffix),
                target = Path.Combine(folder, name);
            if (File.Exists(target))
            {
                File.Delete(part);
            }
            else
            {
                File.Move(part, target);
            }
        }

        File.Delete(archive);
    }

    /// <summary>Writes the six files beside their final places.</summary>
    /// <returns>The SHA-256 of each file, by name.</returns>
    private SortedDictionary<string, string> Extract(string archive, string folder)
    {
        SortedDictionary<string, string> sums = new(StringComparer.Ordinal);
        using FileStream file = File.OpenRead(archive);
        using GZipStream content = new(file, CompressionMode.Decompress);
        using TarReader tar = new(content);
        while (tar.GetNextEntry() is { } entry)
        {
            string name = Path.GetFileName(entry.Name);
            if (
                Files.Contains(name)
                && entry.EntryType is (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                && entry.DataStream is { } data
            )
            {
                using FileStream part = File.Create(Path.Combine(folder, name + PartSuffix));
                data.CopyTo(part);
                part.Position = 0;
                sums[name] = Convert.ToHexStringLower(SHA256.HashData(part));
            }
        }

        return sums;
    }

    private LabelledImages Split(byte[][] files)
    {
        int record = 1 + Shape.Size;
        byte[] pixels = new byte[files.Length * Records * Shape.Size];
        int[] labels = new int[files.Length * Records];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<byte> source = files[i / Records].AsSpan(i % Records * record, record);
            labels[i] = source[0];
            source[1..].CopyTo(pixels.AsSpan(i * Shape.Size));
        }

        return new LabelledImages(pixels, labels);
    }

    private byte[] Read(string dataFolder, string name, Dictionary<string, string> checksums)
    {
        string path = Require(dataFolder, name);
        int record = 1 + Shape.Size;
        byte[] content;
        try
        {
            // The length is checked first, because a wrong file may be of any size.
            long length = new FileInfo(path).Length;
            if (length != Records * record)
            {
                throw new DataSetException(
                    $"{path}: {length} bytes, but {Records} records of {record} bytes (1 label, 3·32·32 "
                        + $"pixels) are {Records * record}; it is truncated or no CIFAR-10 file, replace it "
                        + "with the original"
                );
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{path}: cannot be read ({exception.Message})", exception);
        }

        for (int start = 0; start < content.Length; start += record)
        {
            if (content[start] >= ClassCount)
            {
                throw new DataSetException(
                    $"{path}: record {start / record} has the label {content[start]}, classes are 0 to "
                        + $"{ClassCount - 1}; replace it with the original"
                );
            }
        }

        checksums[name] = Convert.ToHexStringLower(SHA256.HashData(content));
        return content;
    }

    private string TitleOf(string folder, Dictionary<string, string> checksums)
    {
        string sumsPath = Path.Combine(folder, SumsFile);
        if (File.Exists(sumsPath))
        {
            ILookup<string, string> expected = Encoding
                .UTF8.GetString(DataFile.Read(sumsPath))
                .Split('\n')
                .Select(line => line.Trim('\r', '\uFEFF').Split("  ", 2))
                .Where(parts => parts.Length == 2)
                .ToLookup(parts => parts[1], parts => parts[0]);
            foreach ((string name, string found) in checksums)
            {
                if (!expected[name].SequenceEqual([found]))
                {
                    throw new DataSetException(
                        $"{Path.Combine(folder, name)}: not the file that came from the archive (its "
                            + $"SHA-256 is {found}, {SumsFile} has "
                            + $"{(expected[name].Any() ? "another" : "none")}); replace it with the original, "
                            + $"or delete {SumsFile} to use it unverified"
                    );
                }
            }

            return Title;
        }

        bool isJpeg = checksums.All(part => JpegChecksums[part.Key] == part.Value);
        return isJpeg ? $"{Title} (JPEG)" : $"{Title} (unverified files)";
    }
}
