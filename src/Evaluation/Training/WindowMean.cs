using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Thins a curve out: one point, the mean, for every window of steps. An unfinished last window is left out.
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
