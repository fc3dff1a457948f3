using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Results;

namespace Reproduction.CommandLine.Commands;

/// <summary><c>claims</c>: the ledger, computed anew from the saved results.</summary>
internal static class ClaimsCommand
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(CommonOptions options)
    {
        Option<bool> json = new("--json") { Description = "print one JSON array" };
        Command command = new("claims", "print every claim of the papers with what became of it")
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

            ResultTable ledger = new Ledger(new ResultLayout(results, "")).Compute();
            if (arguments.GetValue(json))
            {
                Console.WriteLine(
                    new JsonArray([
                        .. ledger.Rows.Select(row => new JsonObject([
                            .. ledger.Columns.Select(column =>
                                KeyValuePair.Create<string, JsonNode?>(column, ledger.Text(row, column))
                            ),
                        ])),
                    ]).ToJsonString(Indented)
                );
                return;
            }

            foreach (string[] row in ledger.Rows)
            {
                Console.WriteLine(
                    $"{ledger.Text(row, "id")}: {ledger.Text(row, "claim")} "
                        + $"({ledger.Text(row, "source")}, {ledger.Text(row, "dataSet")})"
                );
                Console.WriteLine($"  printed  {ledger.Text(row, "printed")}");
                Console.WriteLine($"  ours     {ledger.Text(row, "value")}");
                Console.WriteLine($"  verdict  {ledger.Text(row, "verdict").ToUpperInvariant()}");
                string profile = ledger.Text(row, "profile");
                Console.WriteLine(
                    "  decided by "
                        + $"{ledger.Text(row, "experiment")}{(profile.Length > 0 ? $" ({profile} profile)" : "")}: "
                        + $"{ledger.Text(row, "command")}"
                );
                Console.WriteLine();
            }

            Console.WriteLine($"{ledger.Rows.Count} rows: {Ledger.Summary(ledger)}");
        });
        return command;
    }
}
