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
        ResultTable table = new("t", ["name", "value", "note"]);
        table.Add("a, \"quoted\"", 0.1 + 0.2, null);
        table.Add("line\nbreak", 1e-300, "é†");
        File.WriteAllBytes(Path.Combine(folder.FullName, table.FileName), table.ToCsv());
        Assert.Equal(
            "name,value,note\n\"a, \"\"quoted\"\"\",0.30000000000000004,\n\"line\nbreak\",1E-300,é†\n",
            File.ReadAllText(Path.Combine(folder.FullName, "t.csv"))
        );
        ResultTable read = ResultTable.Load(folder.FullName, "t");
        Assert.Equal(table.Columns, read.Columns);
        Assert.Equal(table.Rows, read.Rows);
        Assert.Equal(0.1 + 0.2, read.Number(read.Rows[0], "value"));
        Assert.Null(read.Number(read.Rows[0], "note"));
    }

    [Fact]
    public void A_missing_file_a_missing_column_and_a_ragged_row_are_refused_by_name()
    {
        Assert.Contains(
            "none.csv",
            Assert.Throws<ResultsException>(() => ResultTable.Load(folder.FullName, "none")).Message,
            StringComparison.Ordinal
        );
        File.WriteAllText(Path.Combine(folder.FullName, "ragged.csv"), "a,b\n1\n");
        Assert.Contains(
            "ragged.csv",
            Assert.Throws<ResultsException>(() => ResultTable.Load(folder.FullName, "ragged")).Message,
            StringComparison.Ordinal
        );
        ResultTable table = new("t", ["a"]);
        table.Add("1x");
        Assert.Contains(
            "column a has '1x'",
            Assert.Throws<ResultsException>(() => table.Number(table.Rows[0], "a")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "column b",
            Assert.Throws<ResultsException>(() => table.Text(table.Rows[0], "b")).Message,
            StringComparison.Ordinal
        );
    }
}
