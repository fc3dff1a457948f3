using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Thins out a curve: every window of steps becomes one point, its mean. An unfinished last window is left out.
/// </summary>
internal sealed class WindowMean(int window)
{
    private readonly List<int> steps = [];
    private readonly List<double> values = [];
    private double sum;
    private int count;

    public Series Curve => new([.. steps], [.. values]);

    public void Add(int step, double value)
    {
        sum += value;
        if (++count == window)
        {
            steps.Add(step);
            values.Add(sum / window);
            (sum, count) = (0, 0);
        }
    }
}
