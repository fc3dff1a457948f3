using Reproduction.Network;

namespace Reproduction.Evaluation;

/// <summary>
/// How unequally a layer's neurons learn: the Gini coefficient of each neuron's mean step norm so far, the step as proposed, before rows are
/// rescaled.
/// </summary>
/// <param name="layer">Index of the layer.</param>
/// <param name="interval">Steps between two points of the curve.</param>
public sealed class StepGiniObserver(int layer, int interval) : ITrainingObserver
{
    /// <summary>"Start" of training, as in Table 2.</summary>
    public const int StartStep = 100;

    private readonly List<int> steps = [];
    private readonly List<double> values = [];
    private double[] sums = [];
    private double? start;
    private int lastStep;

    /// <summary>After 100 steps, or after the last if there were fewer; null if the layer never changed.</summary>
    public double? Start => start ?? End;

    /// <summary>After the last step; null if the layer never changed.</summary>
    public double? End => lastStep == 0 ? null : Gini.Coefficient(sums);

    public Series Curve => lastStep == 0 || steps[^1] == lastStep ? new([.. steps], [.. values]) : new([.. steps, lastStep], [.. values, End!.Value]);

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (stepNorms[layer] is not { } norms)
        {
            return;
        }

        if (lastStep == 0)
        {
            sums = new double[norms.Length];
        }

        for (int o = 0; o < norms.Length; o++)
        {
            sums[o] += norms[o];
        }

        lastStep = step;
        if (step == StartStep)
        {
            start = End;
        }

        if (step == 1 || step % interval == 0)
        {
            steps.Add(step);
            values.Add(End!.Value);
        }
    }
}
