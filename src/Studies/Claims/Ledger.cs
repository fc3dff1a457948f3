using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>The verdicts on all claims, computed from the saved results and from nothing else.</summary>
public sealed class Ledger(ResultLayout layout)
{
    private const string Name = "claims";

    /// <summary>The file of the ledger.</summary>
    public string Path => System.IO.Path.Combine(layout.Results, Name + ".csv");

    /// <summary>
    /// Decides every claim, on the results of the paper profile where there are any, else on those of the quick
    /// profile.
    /// </summary>
    public IReadOnlyList<LedgerRow> Compute() =>
        [
            .. from paper in Discovered.Instances<PaperClaims>().OrderBy(NameOf, StringComparer.Ordinal)
            from claim in paper.Claims
            select Decide(paper.Paper, claim),
        ];

    /// <summary>Decides every claim and writes the ledger's file.</summary>
    public IReadOnlyList<LedgerRow> Update()
    {
        IReadOnlyList<LedgerRow> rows = Compute();
        AtomicFile.Write(Path, new ResultTable<LedgerRow>(Name, rows).ToCsv());
        return rows;
    }

    /// <summary>Counts the claims of each verdict, in words.</summary>
    public static string Summary(IReadOnlyList<LedgerRow> ledger)
    {
        IEnumerable<string> counts =
            from row in ledger
            group row by Kind(row.Verdict) into kind
            orderby kind.Key
            select $"{kind.Count()} {(kind.Key == "artefacts" && kind.Count() == 1 ? "artefact" : kind.Key)}";
        return string.Join(", ", counts);
    }

    private static string NameOf(PaperClaims claims) => claims.GetType().Name;

    private LedgerRow Decide(string paper, Claim claim)
    {
        string reason = "";
        foreach (Profile profile in new[] { Profile.Paper, Profile.Quick })
        {
            Evidence evidence = new(name => Open(paper, claim, name, profile));
            try
            {
                Finding finding = claim.Decide(evidence);
                Finding found =
                    profile == Profile.Paper
                        ? finding
                        : finding with
                        {
                            Value = $"{reason}; quick profile: {finding.Value}",
                        };
                return Row(claim, found, evidence.DataSetTitle ?? claim.DataSet, KebabCase.From(profile));
            }
            catch (Exception exception) when (exception is MissingEvidenceException or ResultsException)
            {
                // The other profile may have it. Damaged results of one claim do not keep the others from being
                // decided.
                reason += (reason.Length > 0 ? "; " : "") + $"{KebabCase.From(profile)} profile: {exception.Message}";
            }
        }

        return Row(claim, new Finding(reason, Finding.NotTestable, 0), claim.DataSet, profile: "");
    }

    private ResultFolder? Open(string paper, Claim claim, string name, Profile profile)
    {
        Experiment? found = ExperimentCatalog.All.FirstOrDefault(experiment =>
            experiment.Paper == paper && experiment.Name == name
        );
        return found is not null
            ? layout.Open(found, profile, claim.DataSet)
            : throw new ArgumentException($"Claim {claim.Id} needs an experiment {name}, which is not there.");
    }

    private static LedgerRow Row(Claim claim, Finding finding, string dataSet, string profile) =>
        new(
            claim.Id,
            claim.Source,
            claim.Statement,
            dataSet,
            claim.Printed,
            finding.Value,
            finding.Text,
            profile,
            claim.Experiment,
            $"./reproduce all --profile paper --dataset {claim.DataSet}"
        );

    private static string Kind(string verdict) =>
        verdict == Finding.Undecided ? "with too few seeds to say anything"
        : verdict.StartsWith("artefact", StringComparison.Ordinal) ? "artefacts"
        : verdict;
}
