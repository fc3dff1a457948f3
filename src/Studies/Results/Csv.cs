using CsvHelper;

namespace Reproduction.Studies.Results;

/// <summary>
/// Writes and reads CSV as the suite has it: UTF-8, commas, and a line feed after each line on every system.
/// </summary>
public static class Csv
{
    private static readonly CsvWriterOptions Writing = CsvWriterOptions.Default with
    {
        NewLine = "\n",
        WriteByteOrderMark = false,
        HasHeader = false,
    };

    /// <summary>The options for reading: every line must have as many fields as the header.</summary>
    internal static CsvReaderOptions Reading { get; } =
        CsvReaderOptions.Default with
        {
            Separator = ',',
            FieldCountMismatch = CsvFieldCountHandling.Throw,
        };

    /// <summary>Returns the content of a file with a header and lines of text.</summary>
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
