using System.Security.Cryptography;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Studies.Results;

/// <summary>The saved tables of one experiment, and where they come from.</summary>
/// <param name="Path">The folder of its CSV files.</param>
/// <param name="DataSetId">The data set's name on the command line.</param>
/// <param name="Provenance">What was noted with them.</param>
public sealed record ResultFolder(string Path, string DataSetId, Provenance Provenance)
{
    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Checksum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>One of the tables.</summary>
    /// <exception cref="ResultsException">It is missing, damaged, or not the one the provenance names.</exception>
    public ResultTable Table(string name)
    {
        // Checked before it is read: a damaged file has many ways to be wrong, and one message for them all is enough.
        string file = System.IO.Path.Combine(Path, name + ".csv");
        return
            !File.Exists(file) || Provenance.Files.GetValueOrDefault(name + ".csv") == Checksum(File.ReadAllBytes(file))
            ? ResultTable.Load(Path, name)
            : throw new ResultsException(
                $"{file}: not the file that its provenance names; make it again with 'reproduce run'"
            );
    }
}
