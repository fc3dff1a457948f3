using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Reproduction.Data;

/// <summary>A data set in memory.</summary>
/// <param name="Id">The name on the command line.</param>
/// <param name="Title">The name on figures.</param>
/// <param name="ImageHeight">Rows of one input seen as an image.</param>
/// <param name="ImageWidth">Columns of one input seen as an image.</param>
/// <param name="Checksums">SHA-256 (lower-case hex) of each part's uncompressed content.</param>
public sealed record DataSet(
    string Id, string Title, int ImageHeight, int ImageWidth, TrainingSplit Training, TestSplit Test, IReadOnlyDictionary<string, string> Checksums)
{
    /// <summary>One SHA-256 for the whole: of the lines "part checksum", sorted by part.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
        Checksums.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value}\n"))))));

    public int Features => Training.Examples.Inputs.RowCount;

    public int Classes => Training.Examples.Classes;
}
