namespace Reproduction.Data;

/// <summary>A published data set of four IDX files: where it comes from, and how to know that it is whole.</summary>
public sealed class IdxDataSet
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";
    private const int ClassCount = 10;

    /// <summary>LeCun, Cortes and Burges: handwritten digits.</summary>
    public static IdxDataSet Mnist { get; } = new()
    {
        Id = "mnist",
        Title = "MNIST",
        Normalization = PixelNormalization.Mnist,
        Mirrors = [new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/")],
        Checksums = new Dictionary<string, string>
        {
            [TrainImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            [TrainLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            [TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            [TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        },
    };

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required PixelNormalization Normalization { get; init; }

    /// <summary>Folders that hold the four files with the suffix .gz, tried in turn.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>SHA-256 of each file's uncompressed content.</summary>
    public required IReadOnlyDictionary<string, string> Checksums { get; init; }

    /// <summary>The path of one of the files in a data folder, compressed or not; null if it is not there.</summary>
    public string? Find(string dataFolder, string name)
    {
        string compressed = Path.Combine(dataFolder, Id, name + ".gz"), plain = Path.Combine(dataFolder, Id, name);
        return File.Exists(compressed) ? compressed : File.Exists(plain) ? plain : null;
    }

    /// <summary>The names of the files that the data folder lacks.</summary>
    public IReadOnlyList<string> Missing(string dataFolder) => [.. Checksums.Keys.Where(name => Find(dataFolder, name) is null)];

    /// <summary>Reads and checks all four files.</summary>
    /// <exception cref="DataSetException">A file is missing, damaged, or not the published one.</exception>
    public DataSet Load(string dataFolder)
    {
        Dictionary<string, string> checksums = [];
        Examples training = LoadSplit(dataFolder, TrainImages, TrainLabels, checksums, out IReadOnlyList<int> shape);
        Examples test = LoadSplit(dataFolder, TestImages, TestLabels, checksums, out _);
        return new DataSet(Id, Title, shape[1], shape[2], new TrainingSplit(training), new TestSplit(test), checksums);
    }

    private Examples LoadSplit(string dataFolder, string imageName, string labelName, Dictionary<string, string> checksums, out IReadOnlyList<int> shape)
    {
        string imagePath = Require(dataFolder, imageName), labelPath = Require(dataFolder, labelName);
        IdxArray images = IdxArray.Read(imagePath, 3), labels = IdxArray.Read(labelPath, 1);
        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new DataSetException($"{labelPath}: {labels.Dimensions[0]} labels for the {images.Dimensions[0]} images of {imagePath}; replace both with the originals");
        }

        checksums[imageName] = RequireChecksum(imagePath, imageName, images);
        checksums[labelName] = RequireChecksum(labelPath, labelName, labels);
        shape = images.Dimensions;
        return new Examples(Normalization.Apply(images.Values, shape[1] * shape[2]), [.. labels.Values.Select(label => (int)label)], ClassCount);
    }

    private string Require(string dataFolder, string name) => Find(dataFolder, name)
        ?? throw new DataSetException($"{Path.Combine(dataFolder, Id, name)}.gz: not there; fetch it with 'reproduce data fetch {Id}' or name another folder with --data");

    private string RequireChecksum(string path, string name, IdxArray content)
    {
        string expected = Checksums[name];
        return content.Sha256 == expected
            ? expected
            : throw new DataSetException($"{path}: not {Title}'s file (SHA-256 of its content expected {expected}, found {content.Sha256}); replace it with the original");
    }
}
