using CsvHelper;

namespace Reproduction.Experiments.Calibration;

/// <summary>Components of variance of differences between random projections of one width.</summary>
/// <param name="Source">"real", or what the simulated layer is called.</param>
/// <param name="Accuracy">Accuracy of the runs.</param>
/// <param name="SeedDeviation">σ_s of the difference of two runs, as a share.</param>
/// <param name="SampleVariance">σ²_t.</param>
/// <param name="InteractionVariance">σ²_st.</param>
[CsvRecord]
internal sealed partial record VarianceRow(
    string Source,
    int Units,
    double Accuracy,
    double SeedDeviation,
    double SampleVariance,
    double InteractionVariance
);
