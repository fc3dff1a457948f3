using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>The set-up and the end of a run: the first columns of tables with one row per run.</summary>
/// <param name="Arm">The name of the arm that the run belongs to.</param>
/// <param name="Hidden">Units of the hidden layers, separated by spaces.</param>
/// <param name="Options">All options of the rule with their values, separated by spaces.</param>
/// <param name="Status">See <see cref="RunStatus"/>.</param>
/// <param name="Steps">Training steps taken.</param>
[CsvRecord]
public sealed partial record RunRow(
    string Arm,
    string Rule,
    string Hidden,
    string Activation,
    string Optimizer,
    double LearningRate,
    int Epochs,
    int Batch,
    int Limit,
    string Options,
    long Seed,
    string RunId,
    string Status,
    int Steps
)
{
    /// <summary>Whether the run stopped because a number was no longer finite.</summary>
    [CsvIgnore]
    public bool HasDiverged => Status != RunStatus.Finished;

    /// <summary>The row of a run.</summary>
    public static RunRow Of(string arm, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        RunSpec spec = record.Spec;
        return new RunRow(
            arm,
            spec.Rule,
            string.Join(' ', spec.Hidden),
            spec.Activation,
            KebabCase.From(spec.Optimizer),
            spec.LearningRate,
            spec.Epochs,
            spec.Batch,
            spec.Limit,
            string.Join(' ', record.RuleOptions.Select(option => $"{option.Key}={option.Value}")),
            spec.Seed,
            record.RunId,
            RunStatus.Of(record),
            record.Steps
        );
    }
}
