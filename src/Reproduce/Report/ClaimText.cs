using System.Globalization;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>What a row of the ledger says, in words.</summary>
internal static class ClaimText
{
    /// <summary>
    /// The number that the verdict hangs on: "C − R &gt; 0: 1.2 [0.8, 1.6], 6.1 standard errors from …".
    /// </summary>
    public static string EvidenceOf(LedgerRow row)
    {
        string interval =
            row.Low is { } low && row.High is { } high && low < high
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" [{Number(low)}, {Number(high)}] at {100 * row.Level:0.##} %"
                )
                : "";
        string distance = row.Distance is { } errors
            ? $", {(errors + 0.0).ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−')} standard errors "
                + "from its threshold"
            : "";
        string needed = row.SeedsNeeded is { } seeds
            ? $"; {(row.SamplesNeeded is { } samples ? $"{samples} test samples and " : "")}{Cells.Seeds(seeds)} are "
                + "likely to decide it"
            : "";
        return row.Estimate is { } estimate
            ? $"{row.HangsOn}: {Number(estimate)}{interval}{distance}{needed}"
            : "nothing that was run";
    }

    /// <summary>The kind of a row.</summary>
    public static string KindOf(LedgerRow row) =>
        row.Kind switch
        {
            ClaimKind.Identity => "identity",
            ClaimKind.Finding => "finding of the suite",
            _ => "claim of a paper",
        };

    /// <summary>How many verdicts stay the same when each seed is left out.</summary>
    public static string StabilityOf(LedgerRow row) =>
        row.Stability.Length > 0 ? row.Stability
        : row.Seeds == 1 ? "one seed"
        : "too few seeds to say";

    /// <summary>What was at hand of the source, in words.</summary>
    public static string BasisOf(LedgerRow row) =>
        row.Basis switch
        {
            ClaimBasis.FullText => "full text at hand",
            ClaimBasis.Summary => "known from a summary of the text",
            ClaimBasis.Abstract => "abstract at hand",
            _ => "a note on the author's own work, in full",
        };

    private static string Number(double value) =>
        (Math.Abs(value) is > 0 and < 1e-3 or >= 1e5 ? $"{value:0.0e0}" : $"{value:0.###}").Replace('-', '−');
}
