using Reproduction.Network;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>What several claims read from the saved tables, and how they spell it.</summary>
internal static class Evidences
{
    // A diverged run's error where a logarithm is needed.
    private const double Divergence = 1e6;

    /// <summary>The two initialisations under which every unit is coherent.</summary>
    public static readonly Initialization[] Coherent = [Initialization.SignMatched, Initialization.SignMatchedScaled];

    /// <summary>The abstract of the paper.</summary>
    public static ClaimSource Abstract { get; } =
        new(
            KickbackProtocol.PaperTitle,
            "abstract: \"Kickback matches Backprop's performance on real-world regression benchmarks\"",
            ClaimBasis.Abstract
        );

    /// <summary>The note on the attempt to improve Kickback, in its own words.</summary>
    public static ClaimSource Revisited(string quoted) =>
        new("Revisiting Kickback (2022)", $"summary: “{quoted}”", ClaimBasis.Note);

    /// <summary>The id of one of the paper's experiments.</summary>
    public static string Id(string experiment) => $"{KickbackProtocol.Paper}/{experiment}";

    /// <summary>The part of a claim's id that names a coherent initialisation.</summary>
    public static string Size(Initialization initialization) =>
        initialization == Initialization.SignMatched ? "he-size" : "scaled";

    /// <summary>
    /// The kind of a claim under a coherent initialisation: matched weights of another size than He's are this suite's
    /// cure and not the note's.
    /// </summary>
    public static ClaimKind Kind(Initialization initialization) =>
        initialization == Initialization.SignMatched ? ClaimKind.Empirical : ClaimKind.Finding;

    /// <summary>The words for a coherent initialisation.</summary>
    public static string Weights(Initialization initialization) =>
        initialization == Initialization.SignMatched
            ? "matched weights of He's size"
            : "matched weights with σ = 2.5/n";

    /// <summary>The test errors of the interventions.</summary>
    public static ErrorTable Interventions(Evidence evidence) =>
        new(evidence.Table<ErrorRow>("interventions", "interventions"));

    /// <summary>The depths that were run without normalisation, in hidden layers.</summary>
    public static int[] Depths(
        ErrorTable errors,
        Initialization initialization,
        OptimizerKind optimizer = OptimizerKind.Sgd
    )
    {
        KickbackArm Arm(int depth) => KickbackArm.Kickback(initialization, optimizer, Normalization.None, depth);
        int[] depths = [.. KickbackProtocol.Depths.Where(depth => errors.Errors(Arm(depth)).Count > 0)];
        return depths.Length > 0 ? depths : throw new MissingEvidenceException("no depth was run");
    }

    /// <summary>The logarithm of one arm's error over the other's, for each seed that both have.</summary>
    public static double[] LogRatios(ErrorTable errors, KickbackArm arm, KickbackArm other) =>
        LogRatios(arm, errors.BySeed(arm), other, errors.BySeed(other));

    /// <summary>
    /// The same, where a run that learned nothing to speak of is as wrong as can be: it has not been helped, whatever
    /// its error is.
    /// </summary>
    public static double[] LogRatiosOfLearning(ErrorTable errors, KickbackArm arm, KickbackArm other) =>
        LogRatios(arm, errors.OfThoseThatLearned(arm), other, errors.OfThoseThatLearned(other));

    /// <summary>The share of an arm's seeds that explain less than half of the variance.</summary>
    /// <param name="name">The arm, in words.</param>
    public static Quantity Failing(ErrorTable errors, KickbackArm arm, string name)
    {
        (int runs, _, int failed) = errors.Failures(arm);
        return runs > 0
            ? Quantity.Share($"{name}: share of seeds that fail", failed, runs)
            : throw new MissingEvidenceException($"{arm.Label} was not run");
    }

    private static double[] LogRatios(
        KickbackArm arm,
        IReadOnlyDictionary<long, double> own,
        KickbackArm other,
        IReadOnlyDictionary<long, double> others
    )
    {
        double[] ratios =
        [
            .. own.Where(pair => others.ContainsKey(pair.Key))
                .OrderBy(pair => pair.Key)
                .Select(pair => Math.Log(Math.Min(pair.Value, Divergence) / Math.Min(others[pair.Key], Divergence))),
        ];
        return ratios.Length > 0
            ? ratios
            : throw new MissingEvidenceException($"{arm.Label} or {other.Label} was not run");
    }
}
