namespace Reproduction.Statistics;

/// <summary>
/// The result of a comparison. Accuracies are shares of test samples, in [0, 1]; differences of accuracies lie in
/// [−1, 1].
/// </summary>
/// <param name="Seeds">The number of seeds, n.</param>
/// <param name="RuleAccuracy">Accuracy of the rule, mean over seeds.</param>
/// <param name="BaselineAccuracy">Accuracy of the baseline, mean over seeds.</param>
/// <param name="Difference">Rule minus baseline, mean over seeds.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval of the difference, over seeds and test samples.</param>
/// <param name="High">Upper end of that interval.</param>
/// <param name="P">p-value of the sign-flip test over seeds.</param>
/// <param name="AdjustedP">The p-value after Holm's adjustment over the family.</param>
/// <param name="IsProvisional">Whether there are fewer seeds than 5, or fewer than the family needs to show any
/// difference.</param>
public sealed record GateResult(
    string Name,
    int Seeds,
    double RuleAccuracy,
    double BaselineAccuracy,
    double Difference,
    double Low,
    double High,
    double P,
    double AdjustedP,
    GateVerdict Verdict,
    bool IsProvisional
)
{
    /// <summary>
    /// Returns "beats", "ties" or "loses", or that there are too few seeds to say.
    /// </summary>
    public static string TextOf(GateVerdict verdict, bool isProvisional) =>
        isProvisional ? "undecided (too few seeds)" : NameOf(verdict);

    private static string NameOf(GateVerdict verdict) =>
        verdict switch
        {
            GateVerdict.Beats => "beats",
            GateVerdict.Loses => "loses",
            _ => "ties",
        };
}
