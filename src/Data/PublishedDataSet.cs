namespace Reproduction.Data;

/// <summary>A data set that is read from files, with its sources and the checks that it is complete.</summary>
public abstract class PublishedDataSet
{
    /// <summary>The name of the data set on the command line.</summary>
    public required string Id { get; init; }

    /// <summary>The title of the data set on figures.</summary>
    public required string Title { get; init; }

    /// <summary>The folder of the data set, relative to the data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Addresses of folders that hold the files to download, tried in turn; empty if a download could not be verified.
    /// </summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>The names of all files of the data set.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Returns the names of the files that the data folder lacks.</summary>
    public IReadOnlyList<string> Missing(string dataFolder) => [.. Files.Where(name => Find(dataFolder, name) is null)];

    /// <summary>Returns the path of one of the files in a data folder; null if it is not there.</summary>
    public abstract string? Find(string dataFolder, string name);

    /// <summary>Says in words whether the data folder has the data set, and how to get the missing files.</summary>
    public virtual string Describe(string dataFolder)
    {
        int missing = Missing(dataFolder).Count;
        return missing == 0
            ? $"in {Path.Combine(dataFolder, Folder)}"
            : $"{missing} of {Files.Count} files missing in {Path.Combine(dataFolder, Folder)}; 'reproduce "
                + $"data fetch {Id}' downloads them";
    }

    /// <summary>Reads and checks all files.</summary>
    /// <exception cref="DataSetException">A file is missing, damaged, or not the published one.</exception>
    public abstract DataSet Load(string dataFolder);

    /// <summary>Returns the downloads that provide the files which the data folder lacks.</summary>
    internal abstract IEnumerable<Download> Downloads(string dataFolder);

    /// <summary>Returns the path of a file that must exist.</summary>
    /// <exception cref="DataSetException">The file does not exist.</exception>
    protected string Require(string dataFolder, string name) =>
        Find(dataFolder, name)
        ?? throw new DataSetException(
            $"{Path.Combine(dataFolder, Folder, name)}: not there; fetch it with 'reproduce data fetch "
                + $"{Id}' or name another folder with --data"
        );
}
