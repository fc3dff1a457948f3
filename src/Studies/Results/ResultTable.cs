using System.Globalization;
using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>A table of results as a CSV file holds it: what figures are drawn from.</summary>
/// <param name="Name">The file's name without ending.</param>
/// <param name="Columns">Headings, in camel case.</param>
public sealed record ResultTable(string Name, IReadOnlyList<string> Columns)
{
    private readonly List<string[]> rows = [];
    private Dictionary<string, int>? indices;

    public IReadOnlyList<string[]> Rows => rows;

    /// <summary>Adds a row; numbers are spelled so that they read back as the same, null as an empty cell.</summary>
    public void Add(params object?[] cells)
    {
        if (cells.Length != Columns.Count)
        {
            throw new ArgumentException(
                $"Table {Name} has {Columns.Count} columns, the row has {cells.Length} cells.",
                nameof(cells)
            );
        }

        rows.Add([.. cells.Select(Format)]);
    }

    /// <summary>The text of a cell.</summary>
    public string Text(string[] row, string column) => row[ColumnIndex(column)];

    /// <summary>The number in a cell; null if it is empty.</summary>
    public double? Number(string[] row, string column)
    {
        string text = Text(row, column);
        return text.Length == 0 ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
            : throw new ResultsException(
                $"{Name}.csv: column {column} has '{text}' where a number belongs; make it again with 'reproduce run'"
            );
    }

    /// <summary>The file's name.</summary>
    public string FileName => Name + ".csv";

    /// <summary>The file's content: UTF-8, lines end with a line feed on every system.</summary>
    public byte[] ToCsv()
    {
        using MemoryStream content = new();
        using (
            CsvWriter csv = CsvWriter.Create(
                content,
                CsvWriterOptions.Default with
                {
                    NewLine = "\n",
                    WriteByteOrderMark = false,
                },
                leaveOpen: true
            )
        )
        {
            foreach (string[] line in rows.Prepend([.. Columns]))
            {
                csv.WriteRecord(line);
            }
        }

        return content.ToArray();
    }

    /// <summary>Reads a file of <see cref="ToCsv"/>.</summary>
    /// <exception cref="ResultsException">It is missing or damaged.</exception>
    public static ResultTable Load(string folder, string name)
    {
        string path = Path.Combine(folder, name + ".csv");
        if (!File.Exists(path))
        {
            throw new ResultsException($"{path}: not there; make it with 'reproduce run'");
        }

        try
        {
            using CsvReader csv = CsvReader.Create(
                File.ReadAllBytes(path),
                CsvReaderOptions.Default with
                {
                    FieldCountMismatch = CsvFieldCountHandling.Throw,
                }
            );
            csv.ReadHeader();
            ResultTable table = new(name, [.. csv.Headers]);
            if (table.Columns.Distinct().Count() < table.Columns.Count)
            {
                throw new ResultsException($"{path}: has a column twice; make it again with 'reproduce run'");
            }

            while (csv.Read())
            {
                table.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
            }

            return table;
        }
        catch (CsvFormatException exception)
        {
            throw new ResultsException($"{path}: damaged; make it again with 'reproduce run'", exception);
        }
    }

    private static string Format(object? cell) =>
        cell switch
        {
            null => "",
            double number => RunJson.Number(number),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString()!,
        };

    private int ColumnIndex(string column)
    {
        indices ??= Columns.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);
        return indices.TryGetValue(column, out int found)
            ? found
            : throw new ResultsException($"{Name}.csv: has no column {column}; make it again with 'reproduce run'");
    }
}
