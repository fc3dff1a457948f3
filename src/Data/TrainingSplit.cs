namespace Reproduction.Data;

/// <summary>
/// The samples that training and model selection may use. Code that selects something holds out the last of them for
/// validation.
/// </summary>
/// <param name="Examples">The training samples, in the data set's own order.</param>
public sealed record TrainingSplit(Examples Examples);
