using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Measures whether the same neurons learn at every step: which neurons have a step of any length, and how many of
/// those also had one at the step before.
/// </summary>
/// <param name="layer">Index of the layer.</param>
public sealed class StepTurnoverObserver(int layer) : ITrainingObserver
{
    private bool[] ever = [];
    private bool[] last = [];
    private double moving;
    private double repeated;
    private int steps;

    /// <summary>Share of neurons that move at a step, mean over steps; null if the layer never changed.</summary>
    public double? Moving => steps > 0 ? moving / steps : null;

    /// <summary>
    /// Share of the moving neurons that also moved at the step before, mean over all steps but the first; null if there
    /// were fewer than two steps.
    /// </summary>
    public double? Repeated => steps > 1 ? repeated / (steps - 1) : null;

    /// <summary>Share of neurons that ever moved; null if the layer never changed.</summary>
    public double? Ever => steps > 0 ? ever.Count(moved => moved) / (double)ever.Length : null;

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (stepNorms[layer] is not { } norms)
        {
            return;
        }

        if (ever.Length == 0)
        {
            (ever, last) = (new bool[norms.Length], new bool[norms.Length]);
        }

        int now = 0,
            again = 0;
        for (int o = 0; o < norms.Length; o++)
        {
            bool moves = norms[o] > 0;
            now += moves ? 1 : 0;
            again += moves && last[o] ? 1 : 0;
            ever[o] |= moves;
            last[o] = moves;
        }

        moving += now / (double)norms.Length;
        repeated += steps > 0 && now > 0 ? again / (double)now : 0;
        steps++;
    }
}
