namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What this paper compares: a rule at a width under a condition.</summary>
/// <param name="Condition">What tells arms of one rule and width apart: the name of a <see cref="Setup"/>, a control of
/// the weights, or a mask.
/// </param>
/// <param name="Width">Units of the hidden layer; 0 for none.</param>
internal sealed record PaperArm(PaperRule Rule, string Condition, int Width);
