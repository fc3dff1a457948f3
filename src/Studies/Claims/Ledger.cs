using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Statistics;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>The verdicts on all claims, computed from the saved results and from nothing else.</summary>
public sealed class Ledger(ResultLayout layout)
{
    private const string Name = "claims";

    /// <summary>The file of the ledger.</summary>
    public string Path => System.IO.Path.Combine(layout.Results, Name + ".csv");

    /// <summary>All claims with the papers' folders, in the order of the ledger.</summary>
    public static IReadOnlyList<(string Paper, Claim Claim)> Claims { get; } =
    [
        .. from paper in Discovered.Instances<PaperClaims>().OrderBy(NameOf, StringComparer.Ordinal)
        from claim in paper.Claims
        select (paper.Paper, claim),
    ];

    /// <summary>
    /// Returns the claims of the given ids. The first part of an id stands for all that begin with it: C1, C1/32.
    /// </summary>
    /// <exception cref="SpecificationException">There is no such claim.</exception>
    public static IReadOnlyList<(string Paper, Claim Claim)> Select(IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (string id in ids.Where(id => !Claims.Any(claim => IsNamed(claim.Claim, id))))
        {
            // A word that is no option of the command ends up among the ids.
            if (id.StartsWith("--", StringComparison.Ordinal))
            {
                throw new SpecificationException(
                    $"unknown option '{id}'; 'claims --help' and 'verify --help' say which there are"
                );
            }

            IEnumerable<string> heads = Claims.Select(claim => claim.Claim.Id.Split('/')[0]).Distinct();
            throw new SpecificationException(
                $"unknown claim '{id}'; there are: {string.Join(", ", heads)}, each with its parts; 'reproduce claims' "
                    + "prints all"
            );
        }

        return ids.Count == 0 ? Claims : [.. Claims.Where(claim => ids.Any(id => IsNamed(claim.Claim, id)))];
    }

    /// <summary>
    /// Decides claims, on the results of the paper profile where there are any, else on those of the quick profile.
    /// </summary>
    /// <param name="ids">See <see cref="Select"/>; all claims without any.</param>
    public IReadOnlyList<LedgerRow> Compute(params IReadOnlyList<string> ids) =>
        [.. Select(ids).Select(claim => Decide(claim.Paper, claim.Claim))];

    /// <summary>Decides every claim and writes the ledger's file.</summary>
    public IReadOnlyList<LedgerRow> Update()
    {
        IReadOnlyList<LedgerRow> rows = Compute();
        AtomicFile.Write(Path, new ResultTable<LedgerRow>(Name, rows).ToCsv());
        return rows;
    }

    /// <summary>Reads a ledger's file; null if there is none.</summary>
    /// <exception cref="ResultsException">The file is damaged.</exception>
    public static IReadOnlyList<LedgerRow>? Load(string path) =>
        File.Exists(path)
            ? ResultTable<LedgerRow>
                .Load(System.IO.Path.GetDirectoryName(path)!, System.IO.Path.GetFileNameWithoutExtension(path))
                .Rows
            : null;

    /// <summary>
    /// Counts the claims of each verdict, in words; identities and findings of the suite apart: "20 reproduced, 3
    /// inconclusive; identities: 2 reproduced".
    /// </summary>
    public static string Summary(IReadOnlyList<LedgerRow> ledger)
    {
        IEnumerable<string> kinds =
            from row in ledger
            group row by row.Kind into kind
            orderby kind.Key
            select kind.Key switch
            {
                ClaimKind.Identity => "identities: ",
                ClaimKind.Finding => "findings of the suite: ",
                _ => "",
            } + Counts(kind);
        return string.Join("; ", kinds);
    }

    /// <summary>The row of a claim, decided on given results.</summary>
    /// <param name="remark">What comes before the numbers; may be empty.</param>
    /// <exception cref="MissingEvidenceException">A run that it needs was not made.</exception>
    internal static LedgerRow Decide(Claim claim, IEvidenceSource source, Profile profile, string remark = "")
    {
        Evidence evidence = new(source);
        Finding finding = claim.Decide(evidence);
        Decision decision = finding.Decision;
        Contrast conclusion = decision.Conclusion;
        Interval interval = conclusion.Quantity.Interval(decision.Level);
        Requirement? needed = finding.Verdict == ClaimVerdict.Inconclusive ? conclusion.Needed(decision.Level) : null;
        return new LedgerRow(
            claim.Id,
            claim.Kind,
            claim.Source.Text,
            claim.Source.Basis,
            claim.Statement,
            evidence.DataSetTitle ?? claim.DataSet,
            claim.Rule,
            Math.Max(1, evidence.Seeds.Count),
            evidence.Seeds.Count > 0 ? evidence.Seeds.Min() : 1,
            claim.Printed,
            conclusion.Assertion,
            Finite(conclusion.Quantity.Value),
            Finite(interval.Low),
            Finite(interval.High),
            decision.Level,
            finding.VerdictText,
            Finite(conclusion.Distance(1 - decision.Level)),
            needed?.Seeds,
            needed?.Samples,
            Stability(claim, evidence, finding),
            remark + finding.Value,
            KebabCase.From(profile),
            claim.Experiment,
            Command(claim)
        );
    }

    private LedgerRow Decide(string paper, Claim claim)
    {
        string reason = "";
        foreach (Profile profile in new[] { Profile.Paper, Profile.Quick })
        {
            try
            {
                return Decide(
                    claim,
                    new SavedEvidence(name => Open(paper, claim, name, profile)),
                    profile,
                    profile == Profile.Paper ? "" : $"{reason}; quick profile: "
                );
            }
            catch (Exception exception) when (exception is MissingEvidenceException or ResultsException)
            {
                // The other profile may have it. Damaged results of one claim do not keep the others from being
                // decided.
                reason += (reason.Length > 0 ? "; " : "") + $"{KebabCase.From(profile)} profile: {exception.Message}";
            }
        }

        return new LedgerRow(
            claim.Id,
            claim.Kind,
            claim.Source.Text,
            claim.Source.Basis,
            claim.Statement,
            claim.DataSet,
            claim.Rule,
            Seeds: 0,
            FirstSeed: 0,
            claim.Printed,
            HangsOn: "",
            Estimate: null,
            Low: null,
            High: null,
            Level: null,
            Finding.NotTestable,
            Distance: null,
            SeedsNeeded: null,
            SamplesNeeded: null,
            Stability: "",
            reason,
            Profile: "",
            claim.Experiment,
            Command(claim)
        );
    }

    private ResultFolder? Open(string paper, Claim claim, string name, Profile profile) =>
        layout.Open(ExperimentOf(paper, claim, name), profile, claim.DataSet);

    /// <summary>The experiment of a paper that a claim needs.</summary>
    internal static Experiment ExperimentOf(string paper, Claim claim, string name) =>
        ExperimentCatalog.All.FirstOrDefault(experiment => experiment.Paper == paper && experiment.Name == name)
        ?? throw new ArgumentException($"Claim {claim.Id} needs an experiment {name}, which is not there.");

    /// <summary>"10 of 10", or with what becomes of the verdict: "9 of 10 (without seed 3: inconclusive)".</summary>
    private static string Stability(Claim claim, Evidence evidence, Finding whole)
    {
        long[] seeds = [.. evidence.Seeds];
        if (seeds.Length < 3)
        {
            return "";
        }

        (long Seed, string Verdict)[] others =
        [
            .. from seed in seeds
            let verdict = VerdictWithout(claim, evidence, seed)
            where verdict != whole.VerdictText
            select (seed, verdict),
        ];
        string same = $"{seeds.Length - others.Length} of {seeds.Length}";
        return others.Length == 0
            ? same
            : $"{same} ({string.Join("; ", others.Select(other => $"without seed {other.Seed}: {other.Verdict}"))})";
    }

    private static string VerdictWithout(Claim claim, Evidence evidence, long seed)
    {
        try
        {
            return claim.Decide(evidence.Without(seed)).VerdictText;
        }
        catch (MissingEvidenceException)
        {
            return Finding.NotTestable;
        }
    }

    private static string Counts(IEnumerable<LedgerRow> rows) =>
        string.Join(
            ", ",
            from row in rows
            group row by row.Verdict.StartsWith("artefact", StringComparison.Ordinal)
                ? "artefact"
                : row.Verdict into kind
            orderby kind.Key
            select $"{kind.Count()} {kind.Key}{(kind.Key == "artefact" && kind.Count() > 1 ? "s" : "")}"
        );

    /// <summary>Whether an id names a claim: as its own, or as that of its parts where no claim has it.</summary>
    private static bool IsNamed(Claim claim, string id) =>
        claim.Id == id
        || (claim.Id.StartsWith(id + "/", StringComparison.Ordinal) && !Claims.Any(other => other.Claim.Id == id));

    private static string NameOf(PaperClaims claims) => claims.GetType().Name;

    private static string Command(Claim claim) => $"./reproduce verify {claim.Id}";

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
