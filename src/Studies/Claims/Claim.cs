namespace Reproduction.Studies.Claims;

/// <summary>Something a paper says, and how saved results decide it.</summary>
/// <param name="Id">E.g. "C1/32/ridge": the claim, then what part of it is decided.</param>
/// <param name="Source">Where it is printed.</param>
/// <param name="Statement">In words.</param>
/// <param name="Printed">The number it rests on, as printed.</param>
/// <param name="DataSet">The id of the data set that decides it.</param>
/// <param name="Experiment">The id of the experiment that decides it; others that it needs belong to the same
/// paper.</param>
/// <param name="Decide">Computes the finding from the saved tables.</param>
public sealed record Claim(
    string Id,
    string Source,
    string Statement,
    string Printed,
    string DataSet,
    string Experiment,
    Func<Evidence, Finding> Decide
);
