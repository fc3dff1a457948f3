namespace Reproduction.Studies.Results;

/// <summary>A table of results as it is saved: a CSV file whose rows are records of one type.</summary>
public interface IResultTable
{
    /// <summary>The file's name without its ending.</summary>
    string Name { get; }

    /// <summary>The file's name.</summary>
    string FileName { get; }

    /// <summary>The file's content: UTF-8, and lines end with a line feed on every system.</summary>
    byte[] ToCsv();
}
