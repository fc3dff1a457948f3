namespace Reproduction.Statistics;

/// <summary>
/// What came of a comparison. Differences and accuracies are shares of test samples, in [−1, 1] and [0, 1].
/// </summary>
/// <param name="Seeds">n.</param>
/// <param name="RuleAccuracy">Mean over seeds.</param>
/// <param name="BaselineAccuracy">Mean over seeds.</param>
/// <param name="Difference">Rule less baseline, mean over seeds.</param>
/// <param name="Low">Lower end of its 95 % bootstrap interval over seeds and test samples.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Of the sign-flip test over seeds.</param>
/// <param name="AdjustedP">By Holm over the family.</param>
/// <param name="IsProvisional">Whether there are fewer seeds than 5, or than the family needs to show any
/// difference.</param>
public sealed record ComparisonResult(
    string Name,
    int Seeds,
    double RuleAccuracy,
    double BaselineAccuracy,
    double Difference,
    double Low,
    double High,
    double P,
    double AdjustedP,
    Verdict Verdict,
    bool IsProvisional
)
{
    /// <summary>The verdict in words.</summary>
    public string Text => TextOf(Verdict.ToString().ToLowerInvariant(), IsProvisional);

    /// <summary>"beats", "ties" or "loses"; with too few seeds nothing ties, it is undecided.</summary>
    /// <param name="verdict">As it is spelled in tables of results.</param>
    public static string TextOf(string verdict, bool isProvisional) =>
        !isProvisional ? verdict
        : verdict == "ties" ? "undecided (too few seeds)"
        : $"{verdict} (provisional)";
}
