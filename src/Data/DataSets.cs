using System.Collections.Concurrent;

namespace Reproduction.Data;

/// <summary>Opens data sets by name, and decides which data set <c>auto</c> stands for.</summary>
/// <param name="dataFolder">The data folder, which holds one folder per data set.</param>
/// <param name="mayDownload">Whether the network may be used.</param>
/// <param name="report">Receives one line for everything a user should know: what was chosen, and why.</param>
/// <param name="progress">Receives (file, bytes so far, bytes in all or null) during a download.</param>
public sealed class DataSets(
    string dataFolder,
    bool mayDownload,
    Action<string> report,
    Action<string, long, long?>? progress = null
)
{
    /// <summary>MNIST if it is there or can be downloaded, else the embedded digits.</summary>
    public const string Auto = "auto";

    private static readonly ConcurrentDictionary<string, (DataSetAttribute Mark, IDataSetSource Source)> Registered =
        new(StringComparer.Ordinal);

    // A blocked network may cost a run five seconds at most: two mirrors, two seconds each.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The published data sets, which are read from files.</summary>
    public static IReadOnlyList<PublishedDataSet> WithFiles { get; } =
    [IdxDataSet.Mnist, IdxDataSet.FashionMnist, CifarDataSet.Cifar10, SarcosDataSet.Sarcos];

    /// <summary>The data sets that are generated, not read, and so are always available.</summary>
    public static IReadOnlyList<(string Id, string Title, Func<DataSet> Generate)> Generated { get; } =
    [
        (Digits.Id, Digits.Title, Digits.Generate),
        (RobotArm.Id, RobotArm.Title, () => RobotArm.Generate(isNoisy: false)),
        (RobotArm.NoisyId, RobotArm.NoisyTitle, () => RobotArm.Generate(isNoisy: true)),
    ];

    /// <summary>Every name that <see cref="Open"/> accepts.</summary>
    public static IReadOnlyList<string> Names =>
        [
            Auto,
            .. Generated.Select(set => set.Id),
            .. WithFiles.Select(set => set.Id),
            ImageFolder.Id,
            .. Registered.Keys.Order(StringComparer.Ordinal),
        ];

    /// <summary>The names of the regression data sets.</summary>
    public static IReadOnlyList<string> Regressions =>
        [
            RobotArm.Id,
            RobotArm.NoisyId,
            SarcosDataSet.Sarcos.Id,
            .. Registered.Where(set => set.Value.Mark.IsRegression).Select(set => set.Key),
        ];

    /// <summary>How the pictures of <see cref="ImageFolder"/> become samples.</summary>
    public PictureOptions Pictures { get; init; } = PictureOptions.Default;

    /// <summary>Makes the data set of a plugin available by its name.</summary>
    /// <returns>False if another data set already has that name.</returns>
    public static bool Register(DataSetAttribute mark, IDataSetSource source)
    {
        ArgumentNullException.ThrowIfNull(mark);
        ArgumentNullException.ThrowIfNull(source);
        return (Registered.ContainsKey(mark.Id) || !Names.Contains(mark.Id))
            && Registered.GetOrAdd(mark.Id, (mark, source)).Source.GetType().AssemblyQualifiedName
                == source.GetType().AssemblyQualifiedName;
    }

    /// <summary>The assembly of a plugin's data set; null if the data set is the suite's own.</summary>
    public static System.Reflection.Assembly? PluginOf(string name) =>
        Registered.TryGetValue(name, out (DataSetAttribute Mark, IDataSetSource Source) found)
            ? found.Source.GetType().Assembly
            : null;

    /// <summary>Loads a data set.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="DataSetException">The files of the data set are missing or wrong.</exception>
    public DataSet Open(string name)
    {
        DataSet data =
            name == Auto ? OpenAuto()
            : name == ImageFolder.Id ? ImageFolder.Load(dataFolder, Pictures)
            : Registered.ContainsKey(name) ? OpenRegistered(name)
            : Generated.FirstOrDefault(set => set.Id == name).Generate?.Invoke()
                ?? WithFiles.Single(set => set.Id == name).Load(dataFolder);
        foreach (string note in data.Notes)
        {
            report($"data: {note}");
        }

        return data;
    }

    /// <summary>Downloads the files that a published data set lacks in the data folder.</summary>
    /// <exception cref="DataSetException">A file could not be downloaded from any mirror.</exception>
    public void Fetch(PublishedDataSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        using Downloader downloader = new(ResponseTimeout, StallTimeout);
        foreach (Download download in set.Downloads(dataFolder))
        {
            List<string> failures = [];
            foreach (Uri mirror in set.Mirrors)
            {
                try
                {
                    downloader
                        .FetchAsync(
                            new Uri(mirror, download.Name),
                            download.Target,
                            download.Sha256,
                            download.IsOfContent,
                            (have, total) => progress?.Invoke(download.Name, have, total)
                        )
                        .GetAwaiter()
                        .GetResult();
                    report($"data: fetched {download.Target}");
                    download.Arrived?.Invoke();
                    failures.Clear();
                    break;
                }
                catch (DataSetException exception)
                {
                    failures.Add(exception.Message);
                }
            }

            if (failures.Count > 0)
            {
                throw new DataSetException(
                    $"{set.Title} cannot be downloaded ({string.Join("; ", failures)}); put its files "
                        + $"into {Path.Combine(dataFolder, set.Folder)}"
                );
            }
        }
    }

    private DataSet OpenRegistered(string name)
    {
        (DataSetAttribute mark, IDataSetSource source) = Registered[name];
        DataSet data;
        try
        {
            data = source.Load(Path.Combine(dataFolder, name));
        }
        catch (Exception exception) when (exception is not (DataSetException or OutOfMemoryException))
        {
            throw new DataSetException(
                $"data set {name} of {source.GetType().Assembly.GetName().Name} cannot be loaded: "
                    + $"{exception.GetType().Name}: {exception.Message}".ReplaceLineEndings(" "),
                exception
            );
        }

        return data.Id != name
                ? throw new DataSetException($"data set {name} calls itself {data.Id}; give both one name")
            : data.IsRegression != mark.IsRegression
                ? throw new DataSetException(
                    $"data set {name} has {(data.IsRegression ? "real numbers" : "classes")} and is marked otherwise; "
                        + $"set IsRegression = {(data.IsRegression ? "true" : "false")} in its mark"
                )
            : data;
    }

    private DataSet OpenAuto()
    {
        IdxDataSet mnist = IdxDataSet.Mnist;
        IReadOnlyList<string> missing = mnist.Missing(dataFolder);
        if (missing.Count > 0 && mayDownload)
        {
            try
            {
                Fetch(mnist);
            }
            catch (DataSetException)
            {
                // The line below says it; the command 'data fetch' says why.
            }

            missing = mnist.Missing(dataFolder);
        }

        if (missing.Count > 0)
        {
            report(
                $"data: {Digits.Title}, for MNIST is not in "
                    + dataFolder
                    + (
                        mayDownload
                            ? " and could not be downloaded ('reproduce data fetch mnist' says why)"
                            : " and --offline forbids to download it"
                    )
            );
            return Digits.Generate();
        }

        report($"data: {mnist.Title} from {dataFolder}");
        return mnist.Load(dataFolder);
    }
}
