using System.CommandLine;
using Reproduction.CommandLine.Display;
using Reproduction.CommandLine.Report;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Running;
using Profile = Reproduction.Studies.Profile;

namespace Reproduction.CommandLine.Commands;

/// <summary>
/// The command <c>verify</c> makes just the runs that decide claims, decides them anew, and says whether the ledger's
/// verdicts come out again.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions options)
    {
        Argument<string[]> ids = new("ids")
        {
            Description = ClaimsCommand.IdsDescription,
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> ledger = new("--ledger")
        {
            Description = "ledger to compare with [default: claims.csv in the folder of results]",
            HelpName = "FILE",
        };
        Command command = new("verify", "make just the runs that decide claims, and see whether they come out again")
        {
            ids,
            ledger,
            options.Threads,
            options.Memory,
            options.Results,
            options.Data,
            options.Offline,
            options.Quiet,
        };
        command.SetAction(
            (arguments, cancellation) =>
                Task.Run(
                    () =>
                        Execute(
                            options,
                            arguments,
                            Ledger.Select(arguments.GetValue(ids)!),
                            arguments.GetValue(ledger),
                            cancellation
                        ),
                    CancellationToken.None
                )
        );
        return command;
    }

    private static int Execute(
        CommonOptions options,
        ParseResult arguments,
        IReadOnlyList<(string Paper, Claim Claim)> claims,
        string? named,
        CancellationToken cancellation
    )
    {
        IDisplay display = options.Display(arguments);
        ResultLayout layout = new(arguments.GetValue(options.Results)!, "");
        int threads = options.UseResources(arguments);
        options.RequireDataFolder(arguments);
        IReadOnlyDictionary<string, LedgerRow> saved = Saved(
            named ?? new Ledger(layout).Path,
            [.. claims.Select(claim => claim.Claim)]
        );
        ClaimRunner runner = new(layout, RuleCatalog.BuiltIn(), display, threads);
        int different = 0,
            open = 0;
        foreach ((string paper, Claim claim) in claims)
        {
            LedgerRow before = saved[claim.Id];
            display.Line($"{claim.Id}: {claim.Statement}");
            try
            {
                LedgerRow now = runner.Decide(
                    paper,
                    claim,
                    options.Open(arguments, display, claim.DataSet),
                    CommonOptions.ParseName<Profile>("profile of the ledger", before.Profile),
                    CommonOptions.SeedList(before.Seeds, before.FirstSeed),
                    cancellation
                );
                different += now.Verdict == before.Verdict ? 0 : 1;
                foreach (string line in Lines(before, now))
                {
                    display.Line(line);
                }
            }
            catch (Exception exception)
                when (exception is MissingEvidenceException or ResultsException or DataSetException)
            {
                // The other claims are decided all the same.
                open++;
                display.Error($"{claim.Id}: cannot be decided: {exception.Message}");
            }
        }

        return open > 0 ? ExitCode.Failed
            : different > 0 ? ExitCode.DidNotHold
            : ExitCode.Of(runner.Outcome);
    }

    /// <summary>The rows of a ledger that have a verdict on the claims.</summary>
    private static Dictionary<string, LedgerRow> Saved(string path, IReadOnlyList<Claim> claims)
    {
        Dictionary<string, LedgerRow> rows = (
            Ledger.Load(path)
            ?? throw new ResultsException(
                $"{path}: there is no ledger to compare with; name one with --ledger, or make it with "
                    + "'reproduce all --profile paper'"
            )
        ).ToDictionary(row => row.Id);
        return
            claims.FirstOrDefault(claim => !rows.TryGetValue(claim.Id, out LedgerRow? row) || row.Profile.Length == 0)
                is { } missing
            ? throw new ResultsException(
                $"{path}: has no verdict on {missing.Id} to compare with; 'reproduce claims {missing.Id}' says why"
            )
            : rows;
    }

    private static IEnumerable<string> Lines(LedgerRow before, LedgerRow now)
    {
        if (before.DataSet != now.DataSet)
        {
            yield return $"  data     {before.DataSet} in the ledger, {now.DataSet} now";
        }

        yield return $"  ledger   {before.Verdict.ToUpperInvariant()}, {ClaimText.EvidenceOf(before)}";
        yield return $"  now      {now.Verdict.ToUpperInvariant()}, {ClaimText.EvidenceOf(now)}";
        yield return now.Verdict != before.Verdict ? "  did not come out again"
        // Before the numbers the ledger may say why those of the paper profile are not there.
        : before.Value.EndsWith(now.Value, StringComparison.Ordinal) ? "  came out again, with the same numbers"
        : "  came out again, with other numbers";
        yield return "";
    }
}
