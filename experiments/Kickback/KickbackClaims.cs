using System.Globalization;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// What is said of Kickback, K1 to K7: by "Revisiting Kickback" (2022), and by the paper's abstract (arXiv 1411.6191).
/// </summary>
internal sealed class KickbackClaims : PaperClaims
{
    private const string Revisited = "Revisiting Kickback (2022)";
    private const string Abstract = "arXiv 1411.6191, abstract";
    private const string NoNumber = "in words";

    private static readonly Initialization[] Coherent = [Initialization.SignMatched, Initialization.SignMatchedScaled];

    // Activity grows if a layer has more than this many times the one below.
    private const double Grows = 2;

    // A violation is slight if it costs no more than this share of coherent units.
    private const double Slight = 0.1;

    // Errors within this factor match.
    private const double Match = 1.1;

    // A diverged run's error where a logarithm is needed.
    private const double Divergence = 1e6;

    private const double Rounding = 1e-5;

    /// <inheritdoc/>
    public override string Paper => KickbackProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
        [
            .. Coherent.Select(ActivityGrows),
            .. Coherent.Select(DeepNetworksFail),
            .. from normalization in new[] { Normalization.Layer, Normalization.Batch }
            from pass in new[] { KickbackArm.Exact, KickbackArm.Scale }
            select NormalizationKeepsCoherence(normalization, pass),
            OneOutputIsNeeded(),
            .. Coherent.Select(OnlyAdamwHelps),
            UpdateIsLocal(),
            .. from dataSet in new[] { RobotArm.Id, SarcosDataSet.Sarcos.Id }
            from optimizer in new[] { OptimizerKind.Sgd, OptimizerKind.Adamw }
            select MatchesBackprop(dataSet, optimizer),
            PretrainsSomething(),
        ];

    private static Claim ActivityGrows(Initialization initialization) =>
        new(
            $"K1/growth/{Size(initialization)}",
            Revisited,
            $"Coherence amplifies activity from layer to layer, {Weights(initialization)}",
            NoNumber,
            RobotArm.Id,
            Id("activation-growth"),
            evidence =>
            {
                IReadOnlyList<ActivationRow> widths = evidence.Table<ActivationRow>(
                    "activation-growth",
                    ActivationGrowth.WidthsName
                );
                SeedInterval Growth(Initialization drawn) =>
                    SeedInterval.Of(ActivationGrowth.Growth(widths, drawn, KickbackProtocol.Units));
                SeedInterval own = Growth(initialization),
                    random = Growth(Initialization.He);
                string derived =
                    initialization == Initialization.SignMatched
                        ? $" (derived {Cells.Number(ActivationGrowth.Derived * Math.Sqrt(KickbackProtocol.Units), 2)})"
                        : "";
                return Finding.Of(
                    $"at {KickbackProtocol.Units} units a factor a layer of {Text(own)}{derived}; with "
                        + $"random signs of He's size {Text(random)}",
                    own.Mean > Grows && own.Mean > Grows * random.Mean,
                    own.Count
                );
            }
        );

    private static Claim DeepNetworksFail(Initialization initialization) =>
        new(
            $"K1/training/{Size(initialization)}",
            Revisited,
            $"Coherence makes training unstable as layers are added, {Weights(initialization)}",
            NoNumber,
            RobotArm.Id,
            Id("interventions"),
            evidence =>
            {
                ErrorTable errors = Errors(evidence),
                    search = new(evidence.Table<ErrorRow>("interventions", ErrorTable.SearchName("interventions")));
                int[] depths = Depths(errors, initialization);
                KickbackArm Own(int depth) =>
                    KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, depth);
                KickbackArm Random(int depth) =>
                    KickbackArm.Kickback(Initialization.He, OptimizerKind.Sgd, Normalization.None, depth);
                string Line(string name, Func<int, KickbackArm> arm) =>
                    $"{name} "
                    + string.Join(
                        " → ",
                        depths.Select(depth =>
                            errors.Failures(arm(depth)) is var failures ? $"{failures.Failed} of {failures.Runs}" : ""
                        )
                    )
                    + " (largest rate that learns "
                    + string.Join(
                        " → ",
                        depths.Select(depth =>
                            search.RatesThatLearn(arm(depth)) is { Count: > 0 } rates
                                ? rates[^1].ToString("0.#######", CultureInfo.InvariantCulture)
                                : "none"
                        )
                    )
                    + ")";
                string value =
                    "Kickback's seeds that explain less than half of the variance under SGD, "
                    + $"{string.Join(", ", depths)} hidden layers: "
                    + $"{Line(KickbackArm.Signs(initialization), Own)}; {Line("random signs", Random)}";
                return Finding.Of(
                    value,
                    errors.HasFailed(Own(depths[^1]))
                        && !errors.HasFailed(Own(depths[0]))
                        && !errors.HasFailed(Random(depths[^1])),
                    errors.BySeed(Own(depths[^1])).Count
                );
            }
        );

    private static Claim NormalizationKeepsCoherence(Normalization normalization, string pass) =>
        new(
            $"K2/{KebabCase.From(normalization)}/{pass}",
            Revisited,
            $"Normalising activations ({KebabCase.From(normalization)}) violates coherence only slightly, "
                + (
                    pass == KickbackArm.Exact
                        ? "influence by the exact derivative"
                        : "counting the weights' signs alone, influence by the scale"
                ),
            NoNumber,
            RobotArm.Id,
            Id("coherence"),
            evidence =>
            {
                ArmCurveTable curves = new(evidence.Table<ArmCurveRow>("coherence", "coherence"));
                IReadOnlyDictionary<long, double> Shares(Normalization of, bool first) =>
                    curves.AtEnd(Coherence.Arm(of, pass), pass == KickbackArm.Exact ? "unit" : "unitWeights", first)
                        is { Count: > 0 } found
                        ? found
                        : throw new MissingEvidenceException(
                            $"coherence under {KebabCase.From(of)} normalisation was not run"
                        );
                (SeedInterval none, SeedInterval normalized)[] moments =
                [
                    .. new[] { true, false }.Select(first =>
                        (Interval(Shares(Normalization.None, first)), Interval(Shares(normalization, first)))
                    ),
                ];
                string value =
                    $"units with τ > 0: {Text(moments[0].normalized)} at initialisation, {Text(moments[1].normalized)} "
                    + $"after training; without normalisation {Text(moments[0].none)} and {Text(moments[1].none)}";
                return Finding.Of(
                    value,
                    moments.All(moment => moment.normalized.Mean >= moment.none.Mean - Slight),
                    moments[0].normalized.Count
                );
            }
        );

    private static Claim OneOutputIsNeeded() =>
        new(
            "K3",
            Revisited,
            "Kickback needs a single scalar output",
            NoNumber,
            RobotArm.Id,
            Id("one-scalar"),
            evidence =>
            {
                ErrorTable errors = new(evidence.Table<ErrorRow>("one-scalar", "one-scalar"));
                MedianRatio ratio = MedianRatio.Of(LogRatios(errors, OneScalar.Together, OneScalar.Apart));
                string value =
                    $"seven torques by one network and the sum of its errors: {errors.Summary(OneScalar.Together)}; by "
                    + $"a network each: {errors.Summary(OneScalar.Apart)}; ratio {ratio}";
                return Finding.Of(
                    value,
                    errors.HasFailed(OneScalar.Together) && !errors.HasFailed(OneScalar.Apart),
                    ratio.Seeds
                );
            }
        );

    private static Claim OnlyAdamwHelps(Initialization initialization) =>
        new(
            $"K4/{Size(initialization)}",
            Revisited,
            $"No intervention helps unequivocally, except AdamW instead of SGD, {Weights(initialization)}",
            NoNumber,
            RobotArm.Id,
            Id("interventions"),
            evidence =>
            {
                ErrorTable errors = Errors(evidence);
                int[] depths = Depths(errors, initialization);
                KickbackArm Arm(OptimizerKind optimizer, Normalization normalization, int depth) =>
                    KickbackArm.Kickback(initialization, optimizer, normalization, depth);
                (string Name, OptimizerKind Optimizer, Normalization Normalization)[] interventions =
                [
                    ("momentum", OptimizerKind.Momentum, Normalization.None),
                    ("AdamW", OptimizerKind.Adamw, Normalization.None),
                    ("layer normalisation", OptimizerKind.Sgd, Normalization.Layer),
                    ("batch normalisation", OptimizerKind.Sgd, Normalization.Batch),
                ];
                (string Name, bool Fails, double[] Differences)[] comparisons =
                [
                    .. from intervention in interventions
                    from depth in depths
                    let arm = Arm(intervention.Optimizer, intervention.Normalization, depth)
                    select (
                        intervention.Name,
                        errors.HasFailed(arm),
                        LogRatios(errors, arm, Arm(OptimizerKind.Sgd, Normalization.None, depth))
                    ),
                ];
                double[] adjusted = Holm.Adjust([
                    .. comparisons.Select(comparison =>
                        SignFlipTest.PValue(comparison.Differences, RandomStream.Create(1, "sign-flip"))
                    ),
                ]);
                int seeds = comparisons.Min(comparison => comparison.Differences.Length);

                // Helps unequivocally: at every depth a smaller error, not by chance, of networks that do not fail.
                bool Helps(string name) =>
                    Enumerable
                        .Range(0, comparisons.Length)
                        .Where(i => comparisons[i].Name == name)
                        .All(i =>
                            !comparisons[i].Fails
                            && comparisons[i].Differences.Average() < 0
                            && adjusted[i] < RandomProjectionGate.Level
                        );
                string value =
                    $"median of the error over plain SGD's at {string.Join(", ", depths)} hidden layers: "
                    + string.Join(
                        "; ",
                        interventions.Select(intervention =>
                        {
                            IEnumerable<string> ratios = comparisons
                                .Where(comparison => comparison.Name == intervention.Name)
                                .Select(comparison =>
                                    $"{MedianRatio.Of(comparison.Differences)}{(comparison.Fails ? " (fails)" : "")}"
                                );
                            string helps = Helps(intervention.Name) ? " (helps)" : "";
                            return $"{intervention.Name} {string.Join(", ", ratios)}{helps}";
                        })
                    );
                return Finding.Of(
                    value,
                    interventions.All(intervention => Helps(intervention.Name) == (intervention.Name == "AdamW")),
                    seeds > RandomProjectionGate.SeedsNeeded(comparisons.Length) - 1 ? seeds : 0
                );
            }
        );

    private static Claim UpdateIsLocal() =>
        new(
            "K5",
            Revisited,
            "The update is a Hebbian one times an influence from the next layer: backprop's where "
                + "nothing but the output is above",
            NoNumber,
            RobotArm.Id,
            Id("alignment"),
            evidence =>
            {
                ArmCurveTable curves = new(evidence.Table<ArmCurveRow>("alignment", "alignment"));
                double[] Cosines(Initialization initialization, int layer) =>
                    [
                        .. curves
                            .AtEnd(
                                KickbackArm.Kickback(
                                    initialization,
                                    OptimizerKind.Adamw,
                                    Normalization.None,
                                    KickbackProtocol.Deepest
                                ),
                                MeasureNames.Alignment(
                                    MeasureNames.Layer(layer, KickbackProtocol.Deepest + 1),
                                    "cosine"
                                ),
                                first: true
                            )
                            .Values,
                    ];
                double[] last =
                [
                    .. KickbackProtocol.Initializations.SelectMany(initialization =>
                        Cosines(initialization, KickbackProtocol.Deepest - 1)
                    ),
                ];
                if (last.Length == 0)
                {
                    throw new MissingEvidenceException("no alignment was recorded");
                }

                SeedInterval lower = SeedInterval.Of([
                    .. Enumerable
                        .Range(0, KickbackProtocol.Deepest - 1)
                        .SelectMany(layer => Cosines(Initialization.He, layer)),
                ]);
                double worst = last.Max(cosine => Math.Abs(1 - cosine));
                return Finding.Of(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"cosine to backprop's step in the last hidden layer differs from 1 by less than "
                            + $"{Math.Max(worst, 1e-7):0e0}, whatever the weights, by construction; with random "
                            + $"signs it is {Text(lower)} below"
                    ),
                    worst < Rounding,
                    last.Length / KickbackProtocol.Initializations.Length
                );
            }
        );

    private static Claim MatchesBackprop(string dataSet, OptimizerKind optimizer) =>
        new(
            $"K6/{dataSet}/{KebabCase.From(optimizer)}",
            Abstract,
            $"Kickback matches backprop on regression ({KebabCase.From(optimizer)})",
            NoNumber,
            dataSet,
            Id("interventions"),
            evidence =>
            {
                ErrorTable errors = Errors(evidence);
                string Of(KickbackArm arm)
                {
                    string failed = errors.Failures(arm) is { Failed: > 0 } failures
                        ? $" ({failures.Failed} of {failures.Runs} failed)"
                        : "";
                    return $"{arm.Label} {Cells.Number(errors.Median(arm), 3)}{failed}";
                }

                List<string> values = [];
                List<MedianRatio> ratios = [];
                foreach (int depth in Depths(errors, Initialization.SignMatchedScaled))
                {
                    // Each rule with the initial weights that suit it best, by median validation error.
                    KickbackArm kickback = KickbackProtocol
                        .Initializations.Select(initialization =>
                            KickbackArm.Kickback(initialization, optimizer, Normalization.None, depth)
                        )
                        .MinBy(errors.Validation)!;
                    KickbackArm backprop = KickbackProtocol
                        .Initializations.Select(initialization =>
                            KickbackArm.Backprop(initialization, optimizer, Normalization.None, depth)
                        )
                        .MinBy(errors.Validation)!;
                    MedianRatio ratio = MedianRatio.Of(LogRatios(errors, kickback, backprop));
                    ratios.Add(ratio);
                    values.Add($"{depth} hidden layers: {Of(kickback)}, {Of(backprop)}, ratio {ratio}");
                }

                return Finding.Of(
                    "median errors; " + string.Join("; ", values),
                    ratios.All(ratio => ratio.Median <= Match),
                    ratios.Min(ratio => ratio.Seeds)
                );
            }
        );

    private static Claim PretrainsSomething() =>
        new(
            "K7",
            Revisited,
            "Kickback's hidden features beat random projections",
            NoNumber,
            IdxDataSet.Mnist.Id,
            Id("pretraining"),
            evidence =>
            {
                IReadOnlyList<PretrainingDecisionRow> all = evidence.Table<PretrainingDecisionRow>(
                    "pretraining",
                    Pretraining.DecisionsName
                );
                DecisionRow[] own =
                [
                    .. all.Select(row => row.Decision)
                        .Where(row => row.Rule.StartsWith("Kickback", StringComparison.Ordinal)),
                ];
                if (own.Length == 0)
                {
                    throw new MissingEvidenceException("no features of Kickback were probed");
                }

                IEnumerable<string> values = all.Select(row =>
                    $"{row.Decision.Rule} less {row.Baseline} {row.Decision.Text}"
                );
                return Finding.Of(
                    string.Join("; ", values),
                    own.All(row => row.Verdict == Verdict.Beats),
                    own.Any(row => row.IsProvisional) ? 0 : own.Min(row => row.Seeds)
                );
            }
        );

    private static string Id(string experiment) => $"{KickbackProtocol.Paper}/{experiment}";

    private static ErrorTable Errors(Evidence evidence) =>
        new(evidence.Table<ErrorRow>("interventions", "interventions"));

    /// <summary>The depths that were run.</summary>
    private static int[] Depths(ErrorTable errors, Initialization initialization)
    {
        int[] depths =
        [
            .. KickbackProtocol.Depths.Where(depth =>
                errors.Errors(KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, depth)).Count
                > 0
            ),
        ];
        return depths.Length > 0 ? depths : throw new MissingEvidenceException("no depth was run");
    }

    /// <summary>Of each seed that both arms have, the logarithm of one arm's error over the other's.</summary>
    private static double[] LogRatios(ErrorTable errors, KickbackArm arm, KickbackArm other)
    {
        IReadOnlyDictionary<long, double> own = errors.BySeed(arm),
            others = errors.BySeed(other);
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

    private static SeedInterval Interval(IReadOnlyDictionary<long, double> values) =>
        SeedInterval.Of([.. values.Values]);

    private static string Text(SeedInterval interval) =>
        Cells.Number(interval.Mean, 2) + (interval.HasInterval ? $" ± {Cells.Number(interval.HalfWidth, 2)}" : "");

    private static string Size(Initialization initialization) =>
        initialization == Initialization.SignMatched ? "he-size" : "scaled";

    private static string Weights(Initialization initialization) =>
        initialization == Initialization.SignMatched
            ? "matched weights of He's size"
            : "matched weights with σ = 2.5/n";
}
