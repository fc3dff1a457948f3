using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Reproduction.Data;

/// <summary>A data set in memory.</summary>
/// <param name="Id">The name of the data set on the command line.</param>
/// <param name="Title">The title of the data set on figures.</param>
/// <param name="Shape">The shape of one input seen as an image.</param>
/// <param name="Checksums">SHA-256 (lower-case hex) of each part's uncompressed content.</param>
public sealed record DataSet(
    string Id,
    string Title,
    ImageShape Shape,
    TrainingSplit Training,
    TestSplit Test,
    IReadOnlyDictionary<string, string> Checksums
)
{
    private Lazy<DataSet>? withMnistScaling;

    /// <summary>The SHA-256 of the whole data set: that of the lines "part checksum", sorted by part.</summary>
    public string Sha256 { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Concat(
                        Checksums
                            .OrderBy(part => part.Key, StringComparer.Ordinal)
                            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value}\n"))
                    )
                )
            )
        );

    public int Features => Training.Examples.Inputs.RowCount;

    /// <summary>The number of classes; 0 for a regression.</summary>
    public int Classes => Training.Examples.Classes;

    /// <summary>Whether the targets are real numbers rather than classes.</summary>
    public bool IsRegression => Training.Examples.Values is not null;

    /// <summary>The names of the targets, one per output of a network: the names of the classes or values.</summary>
    public IReadOnlyList<string> Targets { get; init; } =
    [.. Enumerable.Range(0, Training.Examples.Outputs).Select(k => k.ToString(CultureInfo.InvariantCulture))];

    /// <summary>
    /// The names of targets that never vary over the training samples, and that are therefore left out.
    /// </summary>
    public IReadOnlyList<string> ConstantTargets { get; init; } = [];

    /// <summary>What a user should know of the data, one line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Creates a data set from its bytes, normalised with its own constants.</summary>
    public static DataSet Of(
        string id,
        string title,
        ImageShape shape,
        int classes,
        LabelledImages training,
        LabelledImages test,
        PixelNormalization own,
        IReadOnlyDictionary<string, string> checksums
    )
    {
        DataSet With(PixelNormalization normalization) =>
            new(
                id,
                title,
                shape,
                new TrainingSplit(training.ToExamples(normalization, shape, classes)),
                new TestSplit(test.ToExamples(normalization, shape, classes)),
                checksums
            );
        DataSet data = With(own);
        data.withMnistScaling =
            own == PixelNormalization.Mnist ? null : new Lazy<DataSet>(() => With(PixelNormalization.Mnist));
        return data;
    }

    /// <summary>
    /// Returns the same samples with one real-valued target per sample; see <see cref="Examples.Only"/>.
    /// </summary>
    /// <param name="target">One of <see cref="Targets"/>.</param>
    /// <exception cref="DataSetException">There is no target of that name.</exception>
    public DataSet Only(string target)
    {
        int output = Targets.ToList().IndexOf(target);
        return output >= 0
            ? this with
            {
                Training = new TrainingSplit(Training.Examples.Only(output)),
                Test = new TestSplit(Test.Examples.Only(output)),
                Targets = [target],
            }
            : throw new DataSetException($"{Title} {Lacks(target)}");
    }

    /// <summary>
    /// Returns the rest of a sentence that begins with the data set's title: that it has no target of a name.
    /// </summary>
    public string Lacks(string target) =>
        ConstantTargets.Contains(target)
            ? $"has the same {target} in all training samples, so there is nothing to learn; others are: "
                + string.Join(", ", Targets)
            : $"has no target '{target}'; there are: {string.Join(", ", Targets)}";

    /// <summary>
    /// Returns the same images with the given normalisation, which is computed at the first request and then kept.
    /// </summary>
    public DataSet Scaled(PixelScaling scaling) => scaling == PixelScaling.Own ? this : withMnistScaling?.Value ?? this;
}
