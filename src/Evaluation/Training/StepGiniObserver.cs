using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Records how unequally a layer's neurons learn: the Gini coefficient, over neurons, of their mean step norm so far.
/// Steps are measured as proposed, before rows are rescaled.
/// </summary>
/// <param name="layer">Index of the layer.</param>
/// <param name="interval">Steps between two points of the curve.</param>
public sealed class StepGiniObserver(int layer, int interval) : ITrainingObserver
{
    /// <summary>The number of steps that count as the "start" of training, as in Table 2.</summary>
    public const int StartStep = 100;

    private readonly List<int> steps = [];
    private readonly List<double> values = [];
    private double[] sums = [];
    private double? start;
    private bool hasMoved;
    private int lastStep;
    private int ownSteps;

    /// <summary>
    /// The coefficient after 100 steps, or after the last step if there were fewer; null if the layer never changed.
    /// </summary>
    public double? Start => hasMoved ? start ?? End : null;

    /// <summary>The coefficient after the last step; null if the layer never changed.</summary>
    public double? End => hasMoved ? Gini.Coefficient(sums) : null;

    public Series Curve =>
        !hasMoved || (steps.Count > 0 && steps[^1] == lastStep)
            ? new([.. steps], [.. values])
            : new([.. steps, lastStep], [.. values, End!.Value]);

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        // A layer left alone in this step took a step of length 0.
        float[] norms = stepNorms[layer] ?? [];
        if (sums.Length == 0)
        {
            sums = new double[network.Layers[layer].Outputs];
        }

        hasMoved |= norms.Length > 0;
        for (int o = 0; o < norms.Length; o++)
        {
            sums[o] += norms[o];
        }

        lastStep = step;
        ownSteps += hasMoved ? 1 : 0;
        if (ownSteps == StartStep)
        {
            start = End;
        }

        if (hasMoved && (step == 1 || step % interval == 0))
        {
            steps.Add(step);
            values.Add(End!.Value);
        }
    }
}
