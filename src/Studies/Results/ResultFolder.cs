using System.Security.Cryptography;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Studies.Results;

/// <summary>The saved tables of one experiment, with their provenance.</summary>
/// <param name="Path">The folder of its CSV files.</param>
/// <param name="DataSetId">The data set's name on the command line.</param>
/// <param name="Provenance">Data, versions and seeds of the runs behind the tables.</param>
public sealed record ResultFolder(string Path, string DataSetId, Provenance Provenance)
{
    /// <summary>
    /// Saves tables with their provenance, which names them by checksum, so that files which do not belong together are
    /// noticed.
    /// </summary>
    /// <param name="folder">The folder of the CSV files.</param>
    /// <param name="provenancePath">The file of the provenance.</param>
    public static void Save(
        string folder,
        string provenancePath,
        IReadOnlyList<IResultTable> tables,
        Provenance provenance
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        (string Path, byte[] Content)[] files =
        [
            .. tables.Select(table => (System.IO.Path.Combine(folder, table.FileName), table.ToCsv())),
        ];
        provenance = provenance with
        {
            Files = new SortedDictionary<string, string>(
                files.ToDictionary(file => System.IO.Path.GetFileName(file.Path), file => Checksum(file.Content)),
                StringComparer.Ordinal
            ),
        };
        AtomicFile.Write([.. files, (provenancePath, provenance.ToJson())]);
    }

    /// <summary>Returns the SHA-256 of a content in lower-case hexadecimal digits.</summary>
    public static string Checksum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Returns the rows of one of the tables.</summary>
    /// <exception cref="ResultsException"> The table is missing, damaged, or not the one that the provenance names.
    /// </exception>
    public IReadOnlyList<TRow> Table<TRow>(string name)
        where TRow : class
    {
        // Checked before it is read: a damaged file has many ways to be wrong, and one message for them all is enough.
        string file = System.IO.Path.Combine(Path, name + ".csv");
        bool isNamed =
            !File.Exists(file)
            || Provenance.Files.GetValueOrDefault(name + ".csv") == Checksum(File.ReadAllBytes(file));
        return isNamed
            ? ResultTable<TRow>.Load(Path, name).Rows
            : throw new ResultsException(
                $"{file}: not the file that its provenance names; make it again with "
                    + $"'reproduce {Provenance.CommandLine.FirstOrDefault("run")}'"
            );
    }
}
