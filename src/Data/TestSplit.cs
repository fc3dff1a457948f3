namespace Reproduction.Data;

/// <summary>
/// The samples that only a final evaluation opens. It is a type of its own so that nothing that trains or selects can
/// take it by mistake.
/// </summary>
/// <param name="Examples">In the data set's own order.</param>
public sealed record TestSplit(Examples Examples);
