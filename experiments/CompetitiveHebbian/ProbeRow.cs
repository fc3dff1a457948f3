using CsvHelper;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What one probe found on the features of one run.</summary>
/// <param name="Rule">The paper's name of the rule.</param>
/// <param name="Condition">See <see cref="PaperArm.Condition"/>.</param>
/// <param name="TestAccuracy">In [0, 1]; empty if the run diverged.</param>
/// <param name="TestChosenAccuracy">The accuracy at the epoch chosen on test data; of the validated variant
/// alone.</param>
/// <param name="Epochs">Epochs of the probe's training; of the published probe alone.</param>
/// <param name="Converged">1 if the softmax probe reached its tolerance, else 0.</param>
/// <param name="Penalty">λ, which the probe chose on validation samples; of the ridge and softmax probes alone.</param>
/// <param name="PenaltyAtEdge">1 if λ is the smallest or largest that was tried; else 0.</param>
/// <param name="Live">The share of the layer's neurons that are live, in [0, 1].</param>
/// <param name="Divergence">Empty if the run came to its end; else what stopped being a finite number.</param>
[CsvRecord]
internal sealed partial record ProbeRow(
    string Rule,
    string Condition,
    int Width,
    long Seed,
    string RunId,
    string Probe,
    double? TestAccuracy,
    double? TestChosenAccuracy,
    double? ClassesNeverPredicted,
    double? Epochs,
    double? Converged,
    double? Penalty,
    double? PenaltyAtEdge,
    double? Live,
    string? Divergence
) : ISeeded;
