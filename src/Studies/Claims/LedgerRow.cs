using CsvHelper;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Results;

[assembly: CsvConverter(typeof(KebabConverter<ClaimKind>))]
[assembly: CsvConverter(typeof(KebabConverter<ClaimBasis>))]

namespace Reproduction.Studies.Claims;

/// <summary>One claim with its verdict.</summary>
/// <param name="Kind">See <see cref="ClaimKind"/>.</param>
/// <param name="Source">Where the statement is printed.</param>
/// <param name="Basis">What was at hand of the source, see <see cref="ClaimBasis"/>.</param>
/// <param name="Claim">The statement in words, as it is tested.</param>
/// <param name="DataSet">The data set that decided it.</param>
/// <param name="Rule">The rule of decision in words.</param>
/// <param name="Seeds">The number of seeds that it rests on.</param>
/// <param name="FirstSeed">The first of them; the others follow.</param>
/// <param name="HangsOn">The number that the verdict hangs on, and what it was shown to be, or where the verdict is
/// inconclusive what it would have to be.</param>
/// <param name="Estimate">That number.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of that interval.</param>
/// <param name="Level">The level of that interval, with which the number was decided.</param>
/// <param name="Distance">How many standard errors the number is from the threshold of <paramref name="HangsOn"/>:
/// positive where it is what stands there. Empty for a number that has no error.</param>
/// <param name="SeedsNeeded">How many seeds would decide that number with a power of 80 %, if it and its variances are
/// as estimated; only where the verdict is inconclusive, and empty where no number of seeds is known to.</param>
/// <param name="SamplesNeeded">The test samples that this takes, where those at hand are too few.</param>
/// <param name="Stability">How many verdicts stay the same when each seed is left out.</param>
/// <param name="Value">All our numbers, with their intervals.</param>
/// <param name="Profile">The profile whose results decided it; empty if it could not be decided.</param>
/// <param name="Experiment">The id of the experiment that decides it.</param>
/// <param name="Command">The command that makes just the runs that decide it, and decides it anew.</param>
[CsvRecord]
public sealed partial record LedgerRow(
    string Id,
    ClaimKind Kind,
    string Source,
    ClaimBasis Basis,
    string Claim,
    string DataSet,
    string Rule,
    int Seeds,
    long FirstSeed,
    string Printed,
    string HangsOn,
    double? Estimate,
    double? Low,
    double? High,
    double? Level,
    string Verdict,
    double? Distance,
    int? SeedsNeeded,
    int? SamplesNeeded,
    string Stability,
    string Value,
    string Profile,
    string Experiment,
    string Command
)
{
    /// <summary>The names of the columns with their cells, in the order of the file.</summary>
    public IEnumerable<(string Column, object? Cell)> Columns() =>
        [
            ("id", Id),
            ("kind", KebabCase.From(Kind)),
            ("source", Source),
            ("basis", KebabCase.From(Basis)),
            ("claim", Claim),
            ("dataSet", DataSet),
            ("rule", Rule),
            ("seeds", Seeds),
            ("firstSeed", (double)FirstSeed),
            ("printed", Printed),
            ("hangsOn", HangsOn),
            ("estimate", Estimate),
            ("low", Low),
            ("high", High),
            ("level", Level),
            ("verdict", Verdict),
            ("distance", Distance),
            ("seedsNeeded", SeedsNeeded),
            ("samplesNeeded", SamplesNeeded),
            ("stability", Stability),
            ("value", Value),
            ("profile", Profile),
            ("experiment", Experiment),
            ("command", Command),
        ];
}
