using CsvHelper;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Tests.Evaluation;

public sealed class ResultTableTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tables-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_table_survives_its_file()
    {
        ResultTable<NoteRow> table = new("t", [new("a, \"quoted\"", 0.1 + 0.2, null), new("line\nbreak", 1e-300, 7)]);
        File.WriteAllBytes(Path.Combine(folder.FullName, table.FileName), table.ToCsv());
        Assert.Equal(
            "longName,value,note\n\"a, \"\"quoted\"\"\",0.30000000000000004,\n\"line\nbreak\",1E-300,7\n",
            File.ReadAllText(Path.Combine(folder.FullName, "t.csv"))
        );
        Assert.Equal(table.Rows, ResultTable<NoteRow>.Load(folder.FullName, "t").Rows);
    }

    [Theory]
    [InlineData("none", null, "none.csv: not there")]
    [InlineData("ragged", "longName,value,note\na,1\n", "ragged.csv: damaged")]
    [InlineData("text", "longName,value,note\na,1x,\n", "text.csv: damaged")]
    [InlineData("short", "longName,value\na,1\n", "short.csv: has no column note")]
    [InlineData("twice", "longName,value,note,note\na,1,1,1\n", "twice.csv: has a column twice")]
    public void A_file_that_is_missing_or_not_the_tables_is_refused_by_name(string name, string? text, string expected)
    {
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, $"{name}.csv"), text);
        }

        ResultsException exception = Assert.Throws<ResultsException>(() =>
            ResultTable<NoteRow>.Load(folder.FullName, name)
        );
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}

[CsvRecord]
internal sealed partial record NoteRow(string LongName, double Value, double? Note);
