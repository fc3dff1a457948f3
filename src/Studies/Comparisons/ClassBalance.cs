using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>Says what an accuracy is worth on test samples whose classes are unbalanced.</summary>
public static class ClassBalance
{
    // Classes whose largest has at most this many times its even share count as balanced; MNIST's has 1.135 times.
    private const double Even = 1.2;

    /// <summary>
    /// Returns the share of the test samples that one who always names the largest class gets right, in words; null if
    /// the classes are balanced, or the targets are real numbers.
    /// </summary>
    public static string? Note(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.IsRegression)
        {
            return null;
        }

        int[] labels = data.Test.Examples.Labels;
        IGrouping<int, int> largest = labels.GroupBy(label => label).MaxBy(group => group.Count())!;
        double share = largest.Count() / (double)labels.Length;
        return share <= Even / data.Classes
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"classes are unbalanced: always naming {data.Targets[largest.Key]} is right for {100 * share:0.0} % "
                    + $"of the test samples"
            );
    }

    /// <summary>
    /// Returns the balanced accuracy of each probe of a run in words: the mean over classes of the share of a class's
    /// test samples that is classified correctly. Empty if the classes are balanced.
    /// </summary>
    public static IEnumerable<string> Lines(RunRecord record, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (Note(data) is not { } note)
        {
            yield break;
        }

        yield return note;
        foreach ((string probe, byte[] correct) in record.Correct)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{probe}: balanced accuracy {100 * BalancedAccuracy(correct, data.Test.Examples.Labels):0.0} %"
            );
        }
    }

    /// <summary>The mean over classes of the share of their samples that is classified correctly, in [0, 1].</summary>
    /// <param name="correct">One bit per sample, the first in the lowest bit of the first byte.</param>
    /// <param name="labels">The class of each sample.</param>
    public static double BalancedAccuracy(byte[] correct, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(correct);
        return labels
            .Select((label, i) => (Label: label, IsRight: (correct[i / 8] >> (i % 8)) & 1))
            .GroupBy(sample => sample.Label)
            .Average(samples => samples.Average(sample => sample.IsRight));
    }
}
