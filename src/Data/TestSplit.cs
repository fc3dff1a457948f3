namespace Reproduction.Data;

/// <summary>
/// The samples that only a final evaluation opens. They have a type of their own, so that code that trains or selects
/// cannot take them by mistake.
/// </summary>
/// <param name="Examples">The test samples, in the data set's own order.</param>
public sealed record TestSplit(Examples Examples);
