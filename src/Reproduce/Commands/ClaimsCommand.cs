using System.CommandLine;
using System.Text.Json.Nodes;
using Reproduction.CommandLine.Report;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;
using Reproduction.Studies.Claims;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>claims</c> computes the ledger from the saved results and prints it.</summary>
internal static class ClaimsCommand
{
    /// <summary>What the command line says of the ids of claims.</summary>
    public const string IdsDescription = "ids of claims, such as C1/32/ridge; C1 stands for all of C1";

    public static Command Create(CommonOptions options)
    {
        Argument<string[]> ids = new("ids")
        {
            Description = $"{IdsDescription} [default: all]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> json = new("--json") { Description = "print one JSON array" };
        Command command = new("claims", "print claims of the papers, with the verdict on each and its evidence")
        {
            ids,
            options.Results,
            json,
        };
        command.SetAction(arguments =>
        {
            string results = arguments.GetValue(options.Results)!;
            string[] named = arguments.GetValue(ids)!;
            Ledger.Select(named);
            if (!Directory.Exists(results))
            {
                throw new ResultsException(
                    $"{results}: there is no such folder; name one with --results or make it with "
                        + "'reproduce all --profile paper'"
                );
            }

            IReadOnlyList<LedgerRow> ledger = new Ledger(new ResultLayout(results, "")).Compute(named);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(new JsonArray([.. ledger.Select(Json)]).ToJsonString(JsonText.Indented));
                return;
            }

            foreach (LedgerRow row in ledger)
            {
                foreach (string line in Lines(row))
                {
                    Console.WriteLine(line);
                }

                Console.WriteLine();
            }

            Console.WriteLine($"{ledger.Count} rows: {Ledger.Summary(ledger)}");
        });
        return command;
    }

    private static IEnumerable<string> Lines(LedgerRow row)
    {
        string profile = row.Profile.Length > 0 ? $" ({row.Profile} profile)" : "";
        string kind = row.Kind == ClaimKind.Empirical ? "" : $", {ClaimText.KindOf(row)}";
        yield return $"{row.Id}: {row.Claim} ({row.DataSet}{kind})";
        yield return $"  source   {row.Source} ({ClaimText.BasisOf(row)})";
        yield return $"  printed  {row.Printed}";
        yield return $"  rule     {row.Rule}";
        yield return $"  ours     {row.Value}";
        yield return $"  verdict  {row.Verdict.ToUpperInvariant()}";
        if (row.Estimate is not null)
        {
            yield return $"  hangs on {ClaimText.EvidenceOf(row)}";
            yield return $"  verdict unchanged when one seed is left out: {ClaimText.StabilityOf(row)}";
        }

        yield return $"  decided by {row.Experiment}{profile}; anew by {row.Command}";
    }

    private static JsonObject Json(LedgerRow row) =>
        new(
            row.Columns()
                .Select(cell =>
                    KeyValuePair.Create<string, JsonNode?>(
                        cell.Column,
                        cell.Cell switch
                        {
                            null => null,
                            int number => number,
                            double number => number,
                            object text => text.ToString(),
                        }
                    )
                )
        );
}
