using System.CommandLine;
using System.Text.Json.Nodes;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;
using Reproduction.Studies.Claims;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>claims</c> computes the ledger from the saved results and prints it.</summary>
internal static class ClaimsCommand
{
    public static Command Create(CommonOptions options)
    {
        Option<bool> json = new("--json") { Description = "print one JSON array" };
        Command command = new("claims", "print every claim of the papers and the verdict on it")
        {
            options.Results,
            json,
        };
        command.SetAction(arguments =>
        {
            string results = arguments.GetValue(options.Results)!;
            if (!Directory.Exists(results))
            {
                throw new ResultsException(
                    $"{results}: there is no such folder; name one with --results or make it with "
                        + "'reproduce all --profile paper'"
                );
            }

            IReadOnlyList<LedgerRow> ledger = new Ledger(new ResultLayout(results, "")).Compute();
            if (arguments.GetValue(json))
            {
                Console.WriteLine(new JsonArray([.. ledger.Select(Json)]).ToJsonString(JsonText.Indented));
                return;
            }

            foreach (LedgerRow row in ledger)
            {
                string profile = row.Profile.Length > 0 ? $" ({row.Profile} profile)" : "";
                Console.WriteLine($"{row.Id}: {row.Claim} ({row.Source}, {row.DataSet})");
                Console.WriteLine($"  printed  {row.Printed}");
                Console.WriteLine($"  ours     {row.Value}");
                Console.WriteLine($"  verdict  {row.Verdict.ToUpperInvariant()}");
                Console.WriteLine($"  decided by {row.Experiment}{profile}: {row.Command}");
                Console.WriteLine();
            }

            Console.WriteLine($"{ledger.Count} rows: {Ledger.Summary(ledger)}");
        });
        return command;
    }

    private static JsonObject Json(LedgerRow row) =>
        new(row.Columns().Select(cell => KeyValuePair.Create<string, JsonNode?>(cell.Column, cell.Cell)));
}
