namespace Reproduction.Studies.Claims;

/// <summary>A statement of a paper, and how the saved results decide it.</summary>
/// <param name="Id">E.g. "C1/32/ridge": the claim, then what part of it is decided.</param>
/// <param name="Source">Where the statement is printed.</param>
/// <param name="Statement">The statement in words.</param>
/// <param name="Printed">The number that the statement rests on, as printed.</param>
/// <param name="DataSet">The id of the data set that decides it.</param>
/// <param name="Experiment">The id of the experiment that decides the claim; further experiments that it needs belong
/// to the same paper.</param>
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
