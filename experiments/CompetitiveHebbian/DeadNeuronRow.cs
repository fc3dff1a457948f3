using CsvHelper;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>How many neurons of a run's hidden layer have learned anything, and how good its features are.</summary>
/// <param name="Rule">The paper's name of the rule.</param>
/// <param name="Control"><c>trained</c>, or what was done to the weights after training.</param>
/// <param name="Displaced">Share of neurons whose weights point elsewhere than they were drawn, in [0, 1].</param>
/// <param name="Structured">Share whose weights are spatially autocorrelated.</param>
/// <param name="Live">Share that is both.</param>
/// <param name="RowNorm">Mean norm of the neurons' weights.</param>
/// <param name="FeatureDeviation">Root mean square of the features' standard deviations.</param>
/// <param name="RidgePenalty">λ of the ridge probe.</param>
/// <param name="PenaltyAtEdge">1 if λ is the smallest or largest that was tried; else 0.</param>
[CsvRecord]
internal sealed partial record DeadNeuronRow(
    string Rule,
    string Control,
    int Width,
    long Seed,
    string RunId,
    double? Displaced,
    double? Structured,
    double? Live,
    double? RowNorm,
    double? FeatureDeviation,
    double? RidgeAccuracy,
    double? RidgePenalty,
    double? PenaltyAtEdge,
    double? PublishedAccuracy
) : ISeeded;
