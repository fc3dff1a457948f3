using CsvHelper;

namespace Reproduction.Studies.Results;

/// <summary>
/// How the suite writes and reads CSV: UTF-8, commas, and a line feed after each line on every system.
/// </summary>
public static class Csv
{
    private static readonly CsvWriterOptions Writing = CsvWriterOptions.Default with
    {
        NewLine = "\n",
        WriteByteOrderMark = false,
        HasHeader = false,
    };

    /// <summary>Every line has as many fields as the header.</summary>
    internal static CsvReaderOptions Reading { get; } =
        CsvReaderOptions.Default with
        {
            Separator = ',',
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };

    /// <summary>The content of a file with a header and lines of text.</summary>
    public static byte[] Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> lines) =>
        Write(csv =>
        {
            foreach (IReadOnlyList<string> line in lines.Prepend(header))
            {
                csv.WriteRecord([.. line]);
            }
        });

    internal static byte[] Write(Action<CsvWriter> write)
    {
        using MemoryStream content = new();
        using (CsvWriter csv = CsvWriter.Create(content, Writing, leaveOpen: true))
        {
            write(csv);
        }

        return content.ToArray();
    }
}
