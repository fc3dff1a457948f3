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
    /// Creates a data set in which every column has mean 0 and standard deviation 1 over the training rows.
    /// </summary>
    /// <exception cref="DataSetException">A target has the same value in all training rows.</exception>
    public DataSet ToDataSet(string id, string title, IReadOnlyList<double[]> training, IReadOnlyList<double[]> test)
    {
        int columns = Inputs + Targets.Count;
        (double Mean, double Deviation)[] moments =
        [
            .. Enumerable
                .Range(0, columns)
                .Select(column =>
                {
                    (double mean, double variance) = training.Select(row => row[column]).MeanVariance();

                    if (variance == 0 && column >= Inputs)
                    {
                        throw new DataSetException(
                            $"{title}: target {Targets[column - Inputs]} is the same in all training "
                                + "rows, so there is nothing to learn; replace the files with the originals"
                        );
                    }

                    // An input that never varies carries no information: it is always 0.
                    return (mean, variance > 0 ? Math.Sqrt(variance) : double.PositiveInfinity);
                }),
        ];
        Matrix<float> Block(IReadOnlyList<double[]> rows, int first, int count) =>
            Matrix<float>.Build.Dense(
                count,
                rows.Count,
                (i, j) => (float)((rows[j][first + i] - moments[first + i].Mean) / moments[first + i].Deviation)
            );
        Examples Split(IReadOnlyList<double[]> rows) => new(Block(rows, 0, Inputs), Block(rows, Inputs, Targets.Count));
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
            Targets = Targets,
        };
    }

    private static string Checksum(IReadOnlyList<double[]> rows) =>
        Convert.ToHexStringLower(
            SHA256.HashData(MemoryMarshal.AsBytes<double>((double[])[.. rows.SelectMany(row => row)]))
        );
}
