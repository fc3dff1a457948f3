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
                $"{file}: not the file that its provenance names; make it again with 'reproduce run'"
            );
    }
}
