namespace Reproduction.Data;

/// <summary>A data set that lies in files: where it comes from, and how to know that it is whole.</summary>
public abstract class PublishedDataSet
{
    /// <summary>The name on the command line.</summary>
    public required string Id { get; init; }

    /// <summary>The name on figures.</summary>
    public required string Title { get; init; }

    /// <summary>Its folder in a data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Addresses of folders that hold the files to download, tried in turn; none if nothing could vouch for what came
    /// from there.
    /// </summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>The names of all its files.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>The names of the files that the data folder lacks.</summary>
    public IReadOnlyList<string> Missing(string dataFolder) => [.. Files.Where(name => Find(dataFolder, name) is null)];

    /// <summary>The path of one of the files in a data folder; null if it is not there.</summary>
    public abstract string? Find(string dataFolder, string name);

    /// <summary>In words: whether the data folder has it, and how to get what it lacks.</summary>
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

    /// <summary>The downloads that bring what the data folder lacks.</summary>
    internal abstract IEnumerable<Download> Downloads(string dataFolder);

    /// <summary>The path of a file that must be there.</summary>
    /// <exception cref="DataSetException">It is not.</exception>
    protected string Require(string dataFolder, string name) =>
        Find(dataFolder, name)
        ?? throw new DataSetException(
            $"{Path.Combine(dataFolder, Folder, name)}: not there; fetch it with 'reproduce data fetch "
                + $"{Id}' or name another folder with --data"
        );
}
