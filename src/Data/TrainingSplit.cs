namespace Reproduction.Data;

/// <summary>
/// The samples that training and model selection may use. What selects something holds out the last of them for
/// validation.
/// </summary>
/// <param name="Examples">In the data set's own order.</param>
public sealed record TrainingSplit(Examples Examples);
