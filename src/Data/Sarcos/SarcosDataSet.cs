using System.Globalization;
using MathNet.Numerics;
using Reproduction.Numerics;

namespace Reproduction.Data;

/// <summary>
/// SARCOS: the inverse dynamics of a robot arm with seven joints, 21 inputs and 7 torques (Vijayakumar and Schaal 2000;
/// published with Rasmussen and Williams 2006 as two MATLAB files). Some rows of the test file also occur in the
/// training file. Therefore the rows of the available files are pooled, duplicates are removed, and the rest is split
/// anew; results say so.
/// </summary>
public sealed class SarcosDataSet : PublishedDataSet
{
    private const int Inputs = 21;
    private const int Torques = 7;
    private const string TrainingPart = "sarcos_inv";
    private const string TestPart = "sarcos_inv_test";
    private const int TestShare = 5;
    private const int FewestRows = 100;
    private const long SplitSeed = 1411;

    // Math.Round takes no more.
    private const int MostDecimals = 15;

    // The endings, in the order in which they are tried.
    private static readonly string[] Endings = [".mat", ".csv.gz", ".csv"];
    private static readonly RealTable Table = new(
        Inputs,
        [.. Enumerable.Range(1, Torques).Select(torque => $"t{torque}")]
    );

    public static SarcosDataSet Sarcos { get; } =
        new()
        {
            Id = "sarcos",
            Title = "SARCOS",
            Folder = "sarcos",
            Mirrors = [],
        };

    /// <summary>The names of the two files; either one is enough.</summary>
    public override IReadOnlyList<string> Files => [TrainingPart, TestPart];

    /// <inheritdoc/>
    public override string? Find(string dataFolder, string name) =>
        Endings.Select(ending => Path.Combine(dataFolder, Folder, name + ending)).FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public override string Describe(string dataFolder)
    {
        IReadOnlyList<string> missing = Missing(dataFolder);
        string folder = Path.Combine(dataFolder, Folder);
        return missing.Count == Files.Count
            ? $"not in {folder}; {HowToGet(folder)}"
            : $"in {folder}{(missing.Count > 0 ? $" (without {missing[0]})" : "")}";
    }

    /// <inheritdoc/>
    public override DataSet Load(string dataFolder)
    {
        string[] parts = [.. Files.Except(Missing(dataFolder))];
        if (parts.Length == 0)
        {
            string folder = Path.Combine(dataFolder, Folder);
            throw new DataSetException($"{folder}: has no {Title} file; {HowToGet(folder)}");
        }

        List<double[]> rows = Distinct([.. parts.Select(part => Read(Find(dataFolder, part)!).ToList())]);
        if (rows.Count < FewestRows)
        {
            throw new DataSetException(
                $"{Path.Combine(dataFolder, Folder)}: has only {rows.Count} rows; replace its files with the originals"
            );
        }

        int[] order = Combinatorics.GeneratePermutation(rows.Count, RandomStream.Create(SplitSeed, "sarcos/split"));
        int testCount = rows.Count / TestShare;
        string title =
            parts is [TestPart] ? $"{Title} (its test part, split anew)"
            : parts is [TrainingPart] ? $"{Title} (its training part, split anew)"
            : $"{Title} (split anew)";
        return Table.ToDataSet(
            Id,
            title,
            [.. order[testCount..].Select(i => rows[i])],
            [.. order[..testCount].Select(i => rows[i])]
        );
    }

    /// <inheritdoc/>
    internal override IEnumerable<Download> Downloads(string dataFolder) =>
        throw new DataSetException(
            $"{Title}: no checksum is published, so it is not downloaded; {HowToGet(Path.Combine(dataFolder, Folder))}"
        );

    private static string HowToGet(string folder) =>
        $"put {TrainingPart}.mat or {TestPart}.mat (from the site of the book \"Gaussian Processes for "
        + $"Machine Learning\"), or a CSV file of that name with columns x1 to x{Inputs} and t1 to "
        + $"t{Torques}, into {folder}";

    /// <summary>
    /// Pools the rows of the files without duplicates. Rows are compared as they were read; where one file was written
    /// with fewer decimals than the other, to that many.
    /// </summary>
    private static List<double[]> Distinct(List<double[]>[] parts)
    {
        int decimals = parts.Where(part => part.Count > 0).Select(Decimals).DefaultIfEmpty().Min();
        string Key(double[] row) =>
            string.Join(
                ',',
                row.Select(value =>
                    (decimals > MostDecimals ? value : Math.Round(value, decimals)).ToString(
                        CultureInfo.InvariantCulture
                    )
                )
            );
        return [.. parts.SelectMany(part => part).DistinctBy(Key)];
    }

    /// <summary>
    /// Returns the number of decimals with which all values of a file can be written; more than
    /// <see cref="MostDecimals"/> if rounding to that many changes one.
    /// </summary>
    private static int Decimals(List<double[]> rows) =>
        Enumerable
            .Range(0, MostDecimals + 1)
            .Where(decimals =>
                rows.TrueForAll(row => Array.TrueForAll(row, value => Math.Round(value, decimals) == value))
            )
            .FirstOrDefault(MostDecimals + 1);

    private static IEnumerable<double[]> Read(string path)
    {
        if (!path.EndsWith(".mat", StringComparison.Ordinal))
        {
            return RealCsv.Read(path, [.. Enumerable.Range(1, Inputs).Select(input => $"x{input}"), .. Table.Targets]);
        }

        double[][] rows = MatlabMatrix.Read(path, Inputs + Torques).Rows;
        for (int r = 0; r < rows.Length; r++)
        {
            if (Array.FindIndex(rows[r], value => RealTable.Problem(value) is not null) is var column and >= 0)
            {
                throw new DataSetException(
                    $"{path}: row {r + 1}, column {column + 1}: {rows[r][column]} "
                        + $"{RealTable.Problem(rows[r][column])}; replace the file with the original"
                );
            }
        }

        return rows;
    }
}
