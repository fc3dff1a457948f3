using System.Globalization;
using CsvHelper;

namespace Reproduction.Data;

/// <summary>Reads rows of numbers from a CSV file with a header line, compressed or not.</summary>
internal static class RealCsv
{
    /// <summary>Returns the named columns of all rows, in the order of <paramref name="columns"/>.</summary>
    /// <exception cref="DataSetException">A column is missing, or a cell is not a number of single precision's range.
    /// The message says which column, and in which row.</exception>
    public static List<double[]> Read(string path, IReadOnlyList<string> columns)
    {
        // Blank lines at the end are no rows; within the file they are damage.
        ReadOnlyMemory<byte> content = DataFile.Read(path).AsMemory().TrimEnd("\r\n"u8);
        List<double[]> rows = [];
        try
        {
            using CsvReader csv = CsvReader.Create(
                content,
                CsvReaderOptions.Default with
                {
                    FieldCountMismatch = CsvFieldCountHandling.Throw,
                    SkipEmptyLines = false,
                }
            );
            csv.ReadHeader();
            List<string> headers = [.. csv.Headers.Select(header => header.Trim())];
            string[] missing = [.. columns.Where(column => !headers.Contains(column))];
            if (missing.Length > 0)
            {
                throw new DataSetException(
                    $"{path}: row 1 (the header) lacks the column{(missing.Length == 1 ? "" : "s")} "
                        + $"{string.Join(", ", missing)}; it needs {columns[0]} to {columns[^1]}"
                );
            }

            if (
                headers.Find(header => headers.Count(other => other == header) > 1 && columns.Contains(header)) is
                { } repeated
            )
            {
                throw new DataSetException(
                    $"{path}: row 1 (the header) has the column {repeated} more than once; name each once"
                );
            }

            int[] places = [.. columns.Select(column => headers.IndexOf(column))];
            while (csv.Read())
            {
                double[] row = new double[columns.Count];
                for (int i = 0; i < row.Length; i++)
                {
                    string text = csv.GetString(places[i]);
                    row[i] = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                        ? number
                        : double.NaN;
                    if (RealTable.Problem(row[i]) is { } problem)
                    {
                        throw new DataSetException(
                            $"{path}: row {rows.Count + 2}, column {columns[i]}: '{text}' {problem}; "
                                + "correct it or remove the row"
                        );
                    }
                }

                rows.Add(row);
            }
        }
        catch (CsvFormatException exception)
        {
            throw new DataSetException(
                $"{path}: row {rows.Count + 2} has not as many cells as the header, or is damaged; "
                    + "correct or remove it",
                exception
            );
        }

        return rows;
    }
}
