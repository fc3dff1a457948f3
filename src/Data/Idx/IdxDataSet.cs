namespace Reproduction.Data;

/// <summary>A published data set of four IDX files, with its sources and the checksums that verify it.</summary>
public sealed class IdxDataSet : PublishedImages
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";
    private const int ClassCount = 10;

    /// <summary>The handwritten digits of LeCun, Cortes and Burges.</summary>
    public static IdxDataSet Mnist { get; } =
        new()
        {
            Id = "mnist",
            Title = "MNIST",
            Folder = "mnist",
            Normalization = PixelNormalization.Mnist,
            Mirrors =
            [
                new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            ],
            Checksums = new Dictionary<string, string>
            {
                [TrainImages] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                [TrainLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                [TestImages] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                [TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            },
        };

    /// <summary>The pictures of clothes of Xiao, Rasul and Vollgraf 2017.</summary>
    public static IdxDataSet FashionMnist { get; } =
        new()
        {
            Id = "fashion-mnist",
            Title = "Fashion-MNIST",
            Folder = "fashion-mnist",
            Normalization = new PixelNormalization([0.2860], [0.3530]),
            Mirrors =
            [
                new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
                new("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"),
            ],
            Checksums = new Dictionary<string, string>
            {
                [TrainImages] = "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                [TrainLabels] = "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                [TestImages] = "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                [TestLabels] = "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            },
        };

    /// <summary>SHA-256 of each file's uncompressed content.</summary>
    public required IReadOnlyDictionary<string, string> Checksums { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => [.. Checksums.Keys];

    /// <summary>
    /// Returns the path of one of the files, compressed or not, in a data folder; null if it is not there.
    /// </summary>
    public override string? Find(string dataFolder, string name)
    {
        string compressed = Path.Combine(dataFolder, Folder, name + ".gz"),
            plain = Path.Combine(dataFolder, Folder, name);
        return File.Exists(compressed) ? compressed
            : File.Exists(plain) ? plain
            : null;
    }

    /// <inheritdoc/>
    public override DataSet Load(string dataFolder)
    {
        Dictionary<string, string> checksums = [];
        LabelledImages training = LoadSplit(dataFolder, TrainImages, TrainLabels, checksums, out ImageShape shape);
        LabelledImages test = LoadSplit(dataFolder, TestImages, TestLabels, checksums, out _);
        return DataSet.Of(Id, Title, shape, ClassCount, training, test, Normalization, checksums);
    }

    /// <inheritdoc/>
    internal override IEnumerable<Download> Downloads(string dataFolder) =>
        Missing(dataFolder)
            .Select(name => new Download(
                name + ".gz",
                Path.Combine(dataFolder, Folder, name + ".gz"),
                Checksums[name],
                IsOfContent: true
            ));

    private LabelledImages LoadSplit(
        string dataFolder,
        string imageName,
        string labelName,
        Dictionary<string, string> checksums,
        out ImageShape shape
    )
    {
        string imagePath = Require(dataFolder, imageName),
            labelPath = Require(dataFolder, labelName);
        IdxArray images = IdxArray.Read(imagePath, 3),
            labels = IdxArray.Read(labelPath, 1);
        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new DataSetException(
                $"{labelPath}: {labels.Dimensions[0]} labels for the {images.Dimensions[0]} images of "
                    + $"{imagePath}; replace both with the originals"
            );
        }

        checksums[imageName] = RequireChecksum(imagePath, imageName, images);
        checksums[labelName] = RequireChecksum(labelPath, labelName, labels);
        shape = new ImageShape(1, images.Dimensions[1], images.Dimensions[2]);
        return new LabelledImages(images.Values, [.. labels.Values.Select(label => (int)label)]);
    }

    private string RequireChecksum(string path, string name, IdxArray content)
    {
        string expected = Checksums[name];
        return content.Sha256 == expected
            ? expected
            : throw new DataSetException(
                $"{path}: not {Title}'s file (SHA-256 of its content expected {expected}, found "
                    + $"{content.Sha256}); replace it with the original"
            );
    }
}
