using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// One of the equal parts of the training samples, in their order, which cross-validation holds out in turn.
/// </summary>
/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
public sealed record Fold(int Index, int Count)
{
    private const int Most = 100;

    // With fewer samples an error is hardly one of the task.
    private const int Least = 10;

    /// <summary>Reads a fold written as "2/5".</summary>
    /// <exception cref="SpecificationException">The text is no fold.</exception>
    public static Fold Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            text.Split('/') is [var index, var count]
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
            && i >= 1
            && i <= n
            && n is >= 2 and <= Most
            && new Fold(i, n) is var fold
            && fold.ToString() == text
            ? fold
            : throw new SpecificationException($"--fold {text}: k/n, as 2/5, k from 1 to n, n from 2 to {Most}");
    }

    /// <summary>The samples of this fold, and all others in their order.</summary>
    /// <exception cref="SpecificationException">The fold has too few samples.</exception>
    public (Examples Fit, Examples HeldOut) Split(Examples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count / Count < Least)
        {
            throw new SpecificationException(
                $"--fold {this}: of {samples.Count} samples it holds out fewer than {Least}; make fewer folds"
            );
        }

        int start = (int)((long)samples.Count * (Index - 1) / Count),
            end = (int)((long)samples.Count * Index / Count);
        return (samples.Without(start, end), samples.Range(start, end));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";
}
