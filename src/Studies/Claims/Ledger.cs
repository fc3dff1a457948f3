using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>Every claim with what became of it, computed from the saved results and from nothing else.</summary>
public sealed class Ledger(ResultLayout layout)
{
    private const string Name = "claims";
    private static readonly string[] Columns =
    [
        "id",
        "source",
        "claim",
        "dataSet",
        "printed",
        "value",
        "verdict",
        "profile",
        "experiment",
        "command",
    ];

    /// <summary>The file it is kept in.</summary>
    public string Path => System.IO.Path.Combine(layout.Results, Name + ".csv");

    /// <summary>
    /// Decides every claim, on the results of the paper profile where there are any, else on those of the quick one.
    /// </summary>
    public ResultTable Compute()
    {
        ResultTable table = new(Name, Columns);
        foreach (
            PaperClaims paper in PaperAssemblies
                .All.SelectMany(assembly => assembly.GetTypes())
                .Where(type => type.IsSubclassOf(typeof(PaperClaims)) && !type.IsAbstract)
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => (PaperClaims)Activator.CreateInstance(type)!)
        )
        {
            foreach (Claim claim in paper.Claims)
            {
                (Finding finding, string dataSet, string profile) = Decide(paper.Paper, claim);
                table.Add(
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
            }
        }

        return table;
    }

    /// <summary>Computes and keeps it.</summary>
    public ResultTable Update()
    {
        ResultTable table = Compute();
        AtomicFile.Write(Path, table.ToCsv());
        return table;
    }

    /// <summary>How many claims there are of each verdict, in words.</summary>
    public static string Summary(ResultTable ledger) =>
        string.Join(
            ", ",
            ledger
                .Rows.GroupBy(row => Kind(ledger.Text(row, "verdict")))
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Count()} {group.Key}")
        );

    private (Finding Finding, string DataSet, string Profile) Decide(string paper, Claim claim)
    {
        string reason = "";
        foreach (Profile profile in new[] { Profile.Paper, Profile.Quick })
        {
            Evidence evidence = new(name =>
                ExperimentCatalog.All.FirstOrDefault(experiment => experiment.Paper == paper && experiment.Name == name)
                    is { } found
                    ? layout.Open(found, profile, claim.DataSet)
                    : throw new ArgumentException($"Claim {claim.Id} needs an experiment {name}, which is not there.")
            );
            try
            {
                Finding finding = claim.Decide(evidence);
                return (
                    profile == Profile.Paper
                        ? finding
                        : finding with
                        {
                            Value = $"{reason}; quick profile: {finding.Value}",
                        },
                    evidence.DataSetTitle ?? claim.DataSet,
                    KebabCase.From(profile)
                );
            }
            catch (Exception exception) when (exception is MissingEvidenceException or ResultsException)
            {
                // The other profile may have it. Damaged results of one claim are no reason to say nothing of the
                // others.
                reason += (reason.Length > 0 ? "; " : "") + $"{KebabCase.From(profile)} profile: {exception.Message}";
            }
        }

        return (new Finding(reason, Finding.NotTestable, 0), claim.DataSet, "");
    }

    private static string Kind(string verdict) =>
        verdict.StartsWith("artefact", StringComparison.Ordinal) ? "artefacts" : verdict;
}
