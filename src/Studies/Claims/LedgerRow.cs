using CsvHelper;

namespace Reproduction.Studies.Claims;

/// <summary>One claim with its verdict.</summary>
/// <param name="Claim">The statement of the paper, in words.</param>
/// <param name="DataSet">The data set that decided it.</param>
/// <param name="Value">Our number, with its interval.</param>
/// <param name="Profile">The profile whose results decided it; empty if it could not be decided.</param>
/// <param name="Experiment">The id of the experiment that decides it.</param>
/// <param name="Command">The command that makes the results.</param>
[CsvRecord]
public sealed partial record LedgerRow(
    string Id,
    string Source,
    string Claim,
    string DataSet,
    string Printed,
    string Value,
    string Verdict,
    string Profile,
    string Experiment,
    string Command
)
{
    /// <summary>The names of the columns with their cells, in the order of the file.</summary>
    public IEnumerable<(string Column, string Cell)> Columns() =>
        [
            ("id", Id),
            ("source", Source),
            ("claim", Claim),
            ("dataSet", DataSet),
            ("printed", Printed),
            ("value", Value),
            ("verdict", Verdict),
            ("profile", Profile),
            ("experiment", Experiment),
            ("command", Command),
        ];
}
