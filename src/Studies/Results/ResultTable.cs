using System.Text.Json;
using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>
/// A table of results, from which figures are drawn. The columns are the row type's properties in camel case; numbers
/// are written so that they read back as the same, and null as an empty cell.
/// </summary>
/// <typeparam name="TRow">A record marked with CsvHelper's <see cref="CsvRecordAttribute"/>.</typeparam>
/// <param name="Name">The file's name without its ending.</param>
public sealed record ResultTable<TRow>(string Name, IReadOnlyList<TRow> Rows) : IResultTable
    where TRow : class
{
    private static readonly string[] Columns = ColumnsOf();

    /// <inheritdoc/>
    public string FileName => Name + ".csv";

    /// <inheritdoc/>
    public byte[] ToCsv() =>
        Csv.Write(csv =>
        {
            csv.WriteHeader(Columns);
            csv.WriteRecords(Rows);
        });

    /// <summary>Reads a file of <see cref="ToCsv"/>.</summary>
    /// <exception cref="ResultsException">The file is missing or damaged.</exception>
    public static ResultTable<TRow> Load(string folder, string name)
    {
        string path = Path.Combine(folder, name + ".csv");
        if (!File.Exists(path))
        {
            throw new ResultsException($"{path}: not there; make it with 'reproduce run'");
        }

        try
        {
            using CsvReader csv = CsvReader.Create(File.ReadAllBytes(path), Csv.Reading);
            csv.ReadHeader();
            if (csv.Headers.Distinct().Count() < csv.Headers.Count)
            {
                throw new ResultsException($"{path}: has a column twice; make it again with 'reproduce run'");
            }

            if (Columns.FirstOrDefault(column => !csv.Headers.Contains(column)) is { } missing)
            {
                throw new ResultsException($"{path}: has no column {missing}; make it again with 'reproduce run'");
            }

            return new ResultTable<TRow>(name, [.. csv.GetRecords<TRow>()]);
        }
        catch (CsvFormatException exception)
        {
            throw new ResultsException($"{path}: damaged; make it again with 'reproduce run'", exception);
        }
    }

    /// <summary>The names that CsvHelper gives the columns, in camel case.</summary>
    private static string[] ColumnsOf()
    {
        byte[] header = Csv.Write(csv => csv.WriteHeader<TRow>());
        using CsvReader reader = CsvReader.Create(header, Csv.Reading);
        reader.ReadHeader();
        return [.. reader.Headers.Select(JsonNamingPolicy.CamelCase.ConvertName)];
    }
}
