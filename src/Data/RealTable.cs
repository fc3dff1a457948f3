using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace Reproduction.Data;

/// <summary>A regression as rows of numbers, inputs before targets, before it is split and standardised.</summary>
/// <param name="Inputs">The number of inputs, which come first in a row.</param>
/// <param name="Targets">The names of the targets, which follow the inputs.</param>
internal sealed record RealTable(int Inputs, IReadOnlyList<string> Targets)
{
    /// <summary>
    /// Says in words why a number cannot be used, so that the sentence goes on after it; null if it can. Networks
    /// compute in single precision.
    /// </summary>
    public static string? Problem(double value) =>
        !double.IsFinite(value) ? "is not a finite number"
        : Math.Abs(value) > float.MaxValue ? "is beyond single precision (3.4e38)"
        : null;

    /// <summary>
    /// Creates a data set in which every column has mean 0 and standard deviation 1 over the training rows. A column
    /// that never varies there says nothing: an input is 0 throughout, a target is left out, and a note says so.
    /// </summary>
    /// <exception cref="DataSetException">No target varies.</exception>
    public DataSet ToDataSet(string id, string title, IReadOnlyList<double[]> training, IReadOnlyList<double[]> test)
    {
        Column[] inputs = [.. Enumerable.Range(0, Inputs).Select(i => Measure(training, $"{i + 1}", i))],
            all = [.. Targets.Select((name, i) => Measure(training, name, Inputs + i))],
            targets = [.. all.Where(column => !column.IsConstant)];
        string[] constantInputs = [.. inputs.Where(column => column.IsConstant).Select(column => column.Name)],
            constantTargets = [.. all.Where(column => column.IsConstant).Select(column => column.Name)];
        if (targets.Length == 0)
        {
            throw new DataSetException(
                $"{title}: no target varies over the training rows, so there is nothing to learn; replace the files "
                    + "with the originals"
            );
        }

        Matrix<float> Block(IReadOnlyList<double[]> rows, Column[] block) =>
            Matrix<float>.Build.Dense(block.Length, rows.Count, (i, j) => block[i].Standardize(rows[j]));
        Examples Split(IReadOnlyList<double[]> rows) => new(Block(rows, inputs), Block(rows, targets));
        Dictionary<string, string> checksums = new()
        {
            ["training-rows"] = Checksum(training),
            ["test-rows"] = Checksum(test),
        };
        return new DataSet(
            id,
            title,
            new ImageShape(1, 1, Inputs),
            new TrainingSplit(Split(training)),
            new TestSplit(Split(test)),
            checksums
        )
        {
            Targets = [.. targets.Select(column => column.Name)],
            ConstantTargets = constantTargets,
            Notes =
            [
                .. Note(title, "input", constantInputs, "says nothing"),
                .. Note(title, "target", constantTargets, "is left out"),
            ],
        };
    }

    private static IEnumerable<string> Note(string title, string kind, string[] names, string end) =>
        names.Length == 0 ? []
        : names.Length == 1 ? [$"{title}: {kind} {names[0]} is the same in all training rows and {end}"]
        : [$"{title}: {kind}s {string.Join(", ", names)} are the same in all training rows; each {end}"];

    private static Column Measure(IReadOnlyList<double[]> rows, string name, int index)
    {
        (double mean, double variance) = rows.Select(row => row[index]).MeanVariance();

        // By comparison: rounding may give a column without any variation a variance above 0. The other way round, a
        // variation so small that its square is 0 cannot be standardised.
        return new Column(
            name,
            index,
            mean,
            Math.Sqrt(variance),
            variance == 0 || rows.All(row => row[index] == rows[0][index])
        );
    }

    private static string Checksum(IReadOnlyList<double[]> rows) =>
        Convert.ToHexStringLower(
            SHA256.HashData(MemoryMarshal.AsBytes<double>((double[])[.. rows.SelectMany(row => row)]))
        );

    private sealed record Column(string Name, int Index, double Mean, double Deviation, bool IsConstant)
    {
        public float Standardize(double[] row) => IsConstant ? 0 : (float)((row[Index] - Mean) / Deviation);
    }
}
