using System.Security.Cryptography;
using MathNet.Numerics;
using Reproduction.Numerics;

namespace Reproduction.Data;

/// <summary>
/// The user's own pictures: the folder <c>images</c> of a data folder, with one sub-folder per class, or with the
/// folders <c>train</c> (or <c>training</c>) and <c>test</c> (or <c>testing</c>, <c>val</c>) that contain these
/// sub-folders, in letters of any case. Without them, every sixth picture of a class, in the order of names, is for
/// testing. All pictures must have the same size, or are resized to one that the user names. Files and folders are
/// ignored if their name begins with a dot or if an operating system leaves them (Thumbs.db, desktop.ini, __MACOSX).
/// </summary>
public static class ImageFolder
{
    /// <summary>The name of the data set on the command line, and of its folder.</summary>
    public const string Id = "images";

    private static readonly string[] TrainFolders = ["train", "training"];
    private static readonly string[] TestFolders = ["test", "testing", "val"];

    private const int TestShare = 6;

    // The largest total size of all pixels, in bytes.
    private const long LargestSize = 1L << 30;
    private static readonly string[] LeftBySystems = ["Thumbs.db", "desktop.ini", "__MACOSX", "@eaDir"];

    /// <summary>Says in words whether the data folder has the pictures, and where to put them if not.</summary>
    public static string Describe(string dataFolder) =>
        Directory.Exists(Path.Combine(dataFolder, Id))
            ? $"in {Path.Combine(dataFolder, Id)}"
            : $"put a folder of pictures for each class into {Path.Combine(dataFolder, Id)}";

    /// <summary>Reads all pictures.</summary>
    /// <exception cref="DataSetException">The folder is not laid out as it must be, or a picture cannot be
    /// used.</exception>
    public static DataSet Load(string dataFolder, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string folder = Path.Combine(dataFolder, Id);
        string? trainFolder = Named(folder, TrainFolders),
            testFolder = Named(folder, TestFolders);
        bool isSplit = trainFolder is not null && testFolder is not null;
        if ((trainFolder ?? testFolder) is { } alone && !isSplit)
        {
            throw new DataSetException(
                $"{alone}: there is no folder beside it that is named "
                    + $"{string.Join(" or ", trainFolder is null ? TrainFolders : TestFolders)}; make both, or put "
                    + $"the classes' folders into {folder} itself"
            );
        }

        string[] classes = Classes(trainFolder ?? folder);
        (string Path, int Label)[] training,
            test;
        if (isSplit)
        {
            string[] others = Classes(testFolder!);
            if (!classes.SequenceEqual(others))
            {
                throw new DataSetException(
                    $"{folder}: {Path.GetFileName(trainFolder)} and {Path.GetFileName(testFolder)} have different "
                        + "classes "
                        + $"({string.Join(", ", classes)}; {string.Join(", ", others)}); give both the same "
                        + "sub-folders"
                );
            }

            training = Files(trainFolder!, classes, 1);
            test = Files(testFolder!, classes, 1);
        }
        else
        {
            (string Path, int Label, int Number)[] all =
            [
                .. Files(folder, classes, TestShare)
                    .GroupBy(file => file.Label)
                    .SelectMany(group => group.Select((file, number) => (file.Path, file.Label, number))),
            ];
            training =
            [
                .. all.Where(file => file.Number % TestShare != TestShare - 1).Select(file => (file.Path, file.Label)),
            ];
            test =
            [
                .. all.Where(file => file.Number % TestShare == TestShare - 1).Select(file => (file.Path, file.Label)),
            ];
        }

        // The training samples are shuffled rather than kept class by class, because the last ones are held out for
        // validation and a small run sees only the first.
        training = Combinatorics.SelectPermutation(training, RandomStream.Create(1, Id)).ToArray();
        Picture[] pictures = Read(options, folder, [.. training.Concat(test).Select(file => file.Path)]);
        ImageShape shape = new(pictures.All(picture => picture.IsGrey) ? 1 : 3, pictures[0].Height, pictures[0].Width);
        LabelledImages seen = Labelled(pictures.AsSpan(0, training.Length), training, shape);
        LabelledImages tested = Labelled(pictures.AsSpan(training.Length), test, shape);
        return DataSet.Of(
            Id,
            $"images ({classes.Length} classes)",
            shape,
            classes.Length,
            seen,
            tested,
            PixelNormalization.Of(seen.Pixels, shape),
            Checksums(seen, tested)
        ) with
        {
            Targets = classes,
        };
    }

    private static string[] Classes(string folder)
    {
        string[] classes = Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .Select(Path.GetFileName)
                    .OfType<string>()
                    .Where(IsMeant)
                    .Order(StringComparer.Ordinal),
            ]
            : [];
        return classes.Length >= 2
            ? classes
            : throw new DataSetException(
                $"{folder}: {(classes.Length == 1 ? "only one sub-folder" : "no sub-folders")}; put the "
                    + "pictures of each class into a sub-folder of its own"
            );
    }

    /// <summary>The folder that has one of these names, in letters of any case; null if there is none.</summary>
    private static string? Named(string folder, string[] names) =>
        Directory.Exists(folder)
            ? names
                .SelectMany(name =>
                    Directory
                        .EnumerateDirectories(folder)
                        .Where(own => Path.GetFileName(own).Equals(name, StringComparison.OrdinalIgnoreCase))
                        .Order(StringComparer.Ordinal)
                )
                .FirstOrDefault()
            : null;

    private static bool IsMeant(string name) =>
        !name.StartsWith('.') && !LeftBySystems.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static (string Path, int Label)[] Files(string folder, string[] classes, int fewest) =>
        [
            .. classes.SelectMany(
                (name, label) =>
                {
                    string own = Path.Combine(folder, name);
                    if (
                        Directory.EnumerateDirectories(own).FirstOrDefault(inner => IsMeant(Path.GetFileName(inner))) is
                        { } nested
                    )
                    {
                        throw new DataSetException($"{nested}: a folder within a class; put its pictures into {own}");
                    }

                    string[] files =
                    [
                        .. Directory
                            .EnumerateFiles(own)
                            .Where(file => IsMeant(Path.GetFileName(file)))
                            .Order(StringComparer.Ordinal),
                    ];
                    return files.Length >= fewest
                        ? files.Select(file => (file, label))
                        : throw new DataSetException(
                            $"{own}: {files.Length} picture(s); a class needs at least "
                                + $"{fewest}{(fewest == TestShare ? ", so that one is for testing" : "")}"
                        );
                }
            ),
        ];

    private static Picture[] Read(PictureOptions options, string folder, string[] paths)
    {
        Picture[] pictures = new Picture[paths.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            try
            {
                pictures[i] = PictureReader.Read(paths[i], options);
            }
            catch (DataSetException exception)
            {
                throw new DataSetException($"{paths[i]}: {exception.Message}; replace it or take it out", exception);
            }

            // Sizes are checked as early as possible, so that too many pictures are not all read first.
            Picture first = pictures[0];
            if ((pictures[i].Height, pictures[i].Width) != (first.Height, first.Width))
            {
                throw new DataSetException(
                    $"{paths[i]}: {pictures[i].Width}×{pictures[i].Height} pixels, others have "
                        + $"{first.Width}×{first.Height}; bring all pictures to one size, or name one with --image-size"
                );
            }

            if ((long)first.Pixels.Length * paths.Length > LargestSize)
            {
                throw new DataSetException(
                    $"{folder}: {paths.Length} pictures of {first.Width}×{first.Height} pixels are more "
                        + $"than {LargestSize >> 20} MiB; take fewer or smaller ones"
                );
            }
        }

        return pictures;
    }

    private static LabelledImages Labelled(
        ReadOnlySpan<Picture> pictures,
        (string Path, int Label)[] files,
        ImageShape shape
    )
    {
        int plane = shape.Height * shape.Width;
        byte[] pixels = new byte[pictures.Length * shape.Size];
        for (int i = 0; i < pictures.Length; i++)
        {
            for (int at = 0; at < shape.Size; at++)
            {
                pixels[(i * shape.Size) + at] = pictures[i].Pixels[(at % plane * 3) + (at / plane)];
            }
        }

        return new LabelledImages(pixels, [.. files.Select(file => file.Label)]);
    }

    /// <summary>
    /// Computes a checksum for each part, over the pixels as they were read and the labels: other programs may decode
    /// or resize a picture otherwise.
    /// </summary>
    private static Dictionary<string, string> Checksums(LabelledImages training, LabelledImages test) =>
        new() { ["training"] = Checksum(training), ["test"] = Checksum(test) };

    private static string Checksum(LabelledImages part) =>
        Convert.ToHexStringLower(SHA256.HashData([.. part.Pixels, .. part.Labels.SelectMany(BitConverter.GetBytes)]));
}
