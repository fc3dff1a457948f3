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
    private readonly SortedDictionary<string, Note> notes = new(StringComparer.Ordinal);

    /// <summary>
    /// The notes by name: the curve, with a point for each whole window in which the rule noted the number, and the
    /// mean over all notes.
    /// </summary>
    public IEnumerable<(string Name, Series Curve, double Mean)> Notes =>
        notes.Select(note => (note.Key, note.Value.Curve, note.Value.Mean));

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        foreach ((string name, double value) in proposal.Notes)
        {
            if (!notes.TryGetValue(name, out Note? note))
            {
                notes[name] = note = new Note();
            }

            note.Add(value);
        }

        if (step % window == 0)
        {
            foreach (Note note in notes.Values)
            {
                note.EndWindow(step);
            }
        }
    }

    /// <summary>What one name was given.</summary>
    private sealed class Note
    {
        private readonly List<int> steps = [];
        private readonly List<double> values = [];
        private double sum;
        private int count;
        private double windowSum;
        private int windowCount;

        public Series Curve => new([.. steps], [.. values]);

        public double Mean => sum / count;

        public void Add(double value)
        {
            (sum, count) = (sum + value, count + 1);
            (windowSum, windowCount) = (windowSum + value, windowCount + 1);
        }

        public void EndWindow(int step)
        {
            if (windowCount > 0)
            {
                steps.Add(step);
                values.Add(windowSum / windowCount);
                (windowSum, windowCount) = (0, 0);
            }
        }
    }
}
