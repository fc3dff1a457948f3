using MathNet.Numerics.LinearAlgebra;
using Reproduction.Conformance;
using Reproduction.Data;

namespace Reproduction.HarnessConformance;

/// <summary>Checks the laws that every data set keeps.</summary>
/// <param name="id">The id of the data set.</param>
/// <param name="load">Loads it; called twice.</param>
public sealed class DataSetConformance(string id, Func<DataSet> load)
    : LawSuite(
        id,
        () =>
            [
                ("same", "loads the same samples and checksums every time", () => Same(load)),
                ("finite", "every input and every real target is a finite number", () => Finite(load())),
                (
                    "shape",
                    "has as many inputs as its shape has values, and a target for each sample",
                    () => Shape(load())
                ),
                ("classes", "every label is a class, and every class has a training sample", () => Classes(load())),
                ("varies", "not every input is the same in all training samples", () => Varies(load())),
                ("apart", "no test sample is a training sample", () => Apart(load())),
            ]
    )
{
    private static IEnumerable<string> Same(Func<DataSet> load)
    {
        DataSet one = load(),
            other = load();
        if (one.Checksums.Count == 0)
        {
            yield return "has no checksum, so a stored run could not tell when the data change";
        }

        if (one.Sha256 != other.Sha256)
        {
            yield return $"the checksum is {one.Sha256} and then {other.Sha256}";
        }

        if (
            !one.Training.Examples.Inputs.Equals(other.Training.Examples.Inputs)
            || !one.Test.Examples.Inputs.Equals(other.Test.Examples.Inputs)
            || !one.Training.Examples.Labels.SequenceEqual(other.Training.Examples.Labels)
            || !one.Test.Examples.Labels.SequenceEqual(other.Test.Examples.Labels)
            || !Equals(one.Training.Examples.Values, other.Training.Examples.Values)
            || !Equals(one.Test.Examples.Values, other.Test.Examples.Values)
        )
        {
            yield return "loading it again gives other samples";
        }
    }

    private static IEnumerable<string> Finite(DataSet data)
    {
        foreach ((string split, Examples examples) in Splits(data))
        {
            if (!AreFinite(examples.Inputs) || (examples.Values is { } values && !AreFinite(values)))
            {
                yield return $"an input or target of the {split} samples is no finite number";
            }
        }
    }

    private static IEnumerable<string> Shape(DataSet data)
    {
        int features = data.Shape.Height * data.Shape.Width * data.Shape.Channels;
        foreach ((string split, Examples examples) in Splits(data))
        {
            if (examples.Inputs.RowCount != features)
            {
                yield return $"{split} samples have {examples.Inputs.RowCount} inputs, the shape has {features}";
            }

            int targets = examples.Values?.ColumnCount ?? examples.Labels.Length;
            if (examples.Inputs.ColumnCount != targets)
            {
                yield return $"there are {examples.Inputs.ColumnCount} {split} samples and {targets} targets";
            }
        }
    }

    private static IEnumerable<string> Classes(DataSet data)
    {
        if (data.IsRegression)
        {
            yield break;
        }

        foreach ((string split, Examples examples) in Splits(data))
        {
            if (examples.Labels.FirstOrDefault(label => label < 0 || label >= data.Classes, -1) is >= 0 and var odd)
            {
                yield return $"a {split} sample has the label {odd}, and there are {data.Classes} classes";
            }
        }

        foreach (int missing in Enumerable.Range(0, data.Classes).Except(data.Training.Examples.Labels))
        {
            yield return $"no training sample is of class {missing}";
        }
    }

    private static IEnumerable<string> Varies(DataSet data)
    {
        Matrix<float> inputs = data.Training.Examples.Inputs;
        if (inputs.ToRowArrays().All(row => row.Distinct().Count() == 1))
        {
            yield return "all training samples are the same";
        }
    }

    private static IEnumerable<string> Apart(DataSet data)
    {
        HashSet<string> training = [.. Columns(data.Training.Examples.Inputs)];
        int shared = Columns(data.Test.Examples.Inputs).Count(training.Contains);
        if (shared > 0)
        {
            yield return $"{shared} of {data.Test.Examples.Count} test samples are training samples too";
        }
    }

    private static IEnumerable<string> Columns(Matrix<float> inputs) =>
        inputs.EnumerateColumns().Select(column => string.Join(' ', column.Select(BitConverter.SingleToInt32Bits)));

    private static bool AreFinite(Matrix<float> values) => values.Enumerate().All(float.IsFinite);

    private static (string Name, Examples Examples)[] Splits(DataSet data) =>
        [("training", data.Training.Examples), ("test", data.Test.Examples)];
}
