using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Records what a rule notes about its batches (<see cref="Proposal.Notes"/>), averaged over windows of steps and over
/// all steps.
/// </summary>
/// <param name="window">Steps per point of a curve.</param>
public sealed class NotesObserver(int window) : ITrainingObserver
{
    private readonly SortedDictionary<string, (WindowMean Curve, double Sum, int Count)> notes = new(
        StringComparer.Ordinal
    );

    /// <summary>
    /// The notes by name: the curve, which is empty if there were fewer steps than a window, and the mean over all
    /// steps.
    /// </summary>
    public IEnumerable<(string Name, Series Curve, double Mean)> Notes =>
        notes.Select(note => (note.Key, note.Value.Curve.Curve, note.Value.Sum / note.Value.Count));

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (proposal.Notes.Count == 0)
        {
            return;
        }

        foreach ((string name, double value) in proposal.Notes)
        {
            (WindowMean curve, double sum, int count) = notes.TryGetValue(name, out (WindowMean, double, int) known)
                ? known
                : (new WindowMean(window), 0, 0);
            curve.Add(step, value);
            notes[name] = (curve, sum + value, count + 1);
        }
    }
}
