using System.Formats.Tar;
using Reproduction.Data;

namespace Reproduction.Campaign.Files;

/// <summary>Makes small files in CIFAR-10's layout.</summary>
internal static class CifarFiles
{
    private const int RecordSize = 3073;

    /// <summary>The data set with few records per file.</summary>
    public static CifarDataSet Small { get; } =
        new()
        {
            Id = CifarDataSet.Cifar10.Id,
            Title = CifarDataSet.Cifar10.Title,
            Folder = CifarDataSet.Cifar10.Folder,
            Normalization = CifarDataSet.Cifar10.Normalization,
            Mirrors = [],
            Records = 4,
        };

    /// <summary>Writes all six files and returns their folder.</summary>
    public static string Write(string dataFolder, CifarDataSet set)
    {
        string folder = Path.Combine(dataFolder, set.Folder);
        Directory.CreateDirectory(folder);
        foreach (string name in set.Files)
        {
            using FileStream file = File.Create(Path.Combine(folder, name));
            file.SetLength(set.Records * RecordSize);
        }

        return folder;
    }

    /// <summary>Makes a tar archive of entries; links lead to /etc/passwd.</summary>
    public static byte[] Archive(IEnumerable<(string Name, TarEntryType Type, byte[] Content)> entries)
    {
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach ((string name, TarEntryType type, byte[] content) in entries)
            {
                PaxTarEntry entry = new(type, name);
                if (type == TarEntryType.RegularFile)
                {
                    entry.DataStream = new MemoryStream(content);
                }
                else if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                {
                    entry.LinkName = "/etc/passwd";
                }

                tar.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }
}
