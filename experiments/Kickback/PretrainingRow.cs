using CsvHelper;
using Reproduction.Network;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Kickback;

/// <summary>One run of ten one-against-rest networks.</summary>
/// <param name="Status"><c>finished</c> or <c>diverged</c>.</param>
/// <param name="TestAccuracy">The networks' own accuracy on test samples, in [0, 1].</param>
/// <param name="ValidationNmse">Normalised mean squared error on validation samples.</param>
/// <param name="ProbeAccuracy">Test accuracy of the probe on the last hidden layers, in [0, 1].</param>
/// <param name="Penalty">λ, which the probe chose on validation samples.</param>
/// <param name="PenaltyAtEdge">1 if λ is the smallest or largest that was tried; else 0.</param>
[CsvRecord]
internal sealed partial record PretrainingRow(
    string Rule,
    Initialization Initialization,
    double LearningRate,
    long Seed,
    string RunId,
    string Status,
    int Steps,
    double? TestAccuracy,
    double? ValidationNmse,
    double? ProbeAccuracy,
    double? Penalty,
    double? PenaltyAtEdge
) : ISeeded;

/// <summary>A decision on learned features against one of two baselines.</summary>
/// <param name="Baseline">What the features were held against.</param>
[CsvRecord]
internal sealed partial record PretrainingDecisionRow(string Baseline, DecisionRow Decision);
