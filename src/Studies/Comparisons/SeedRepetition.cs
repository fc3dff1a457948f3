using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Studies.Comparisons;

/// <summary>Tells whether a rule gives the same numbers when the same seed is run again.</summary>
public static class SeedRepetition
{
    // A rule that draws numbers of its own differs at its first step.
    private const int Samples = 1000;

    /// <summary>
    /// Makes the run twice, with at most 1000 samples and one epoch, and compares all measures; nothing is stored.
    /// </summary>
    /// <returns>False if they differ. True if they agree, or if the rule breaks down, which its own run
    /// reports.</returns>
    public static bool Agrees(RunExecutor executor, RunSpec spec, DataSet data, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(spec);
        RunSpec brief = spec with
        {
            Limit = spec.Limit > 0 ? Math.Min(spec.Limit, Samples) : Samples,
            Epochs = Math.Min(spec.Epochs, 1),
        };
        try
        {
            RunRecord first = executor.Execute(brief, data, cancellation: cancellation),
                second = executor.Execute(brief, data, cancellation: cancellation);
            return first.Measures.Count == second.Measures.Count
                && first.Measures.All(measure =>
                    second.Measures.TryGetValue(measure.Key, out double other) && measure.Value.Equals(other)
                );
        }
        catch (Exception exception) when (exception is RuleFailureException or SpecificationException)
        {
            return true;
        }
    }
}
