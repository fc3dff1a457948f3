using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Network;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// The runs of "Learning Dynamics in Competitive Hebbian Learning": which networks are trained (<see cref="Setup"/>)
/// and under which probes. All figures and tables take their runs from here, so that they share them.
/// </summary>
internal static class PublishedProtocol
{
    public const string Paper = "competitive-hebbian";

    /// <summary>H. Liuson's preprint.</summary>
    public const string PaperTitle = "Learning Dynamics in Competitive Hebbian Learning";

    /// <summary>How many neurons the figures show, and of the narrowest layer all.</summary>
    public const int Tiles = 25;

    /// <summary>Probe ids.</summary>
    public const string Ridge = "ridge";
    public const string Softmax = "softmax";
    public static readonly string Published = PublishedProbe.IdOf(ProbeRepairs.None);
    public static readonly string SingleSoftmax = PublishedProbe.IdOf(ProbeRepairs.SingleSoftmax);
    public static readonly string NoDropout = PublishedProbe.IdOf(ProbeRepairs.NoDropout);
    public static readonly string SingleSoftmaxNoDropout = PublishedProbe.IdOf(
        ProbeRepairs.SingleSoftmax | ProbeRepairs.NoDropout
    );
    public static readonly string[] FactorialProbes = [Published, SingleSoftmax, NoDropout, SingleSoftmaxNoDropout];
    public static readonly string Validated = PublishedProbe.IdOf(ProbeRepairs.Validation);
    public static readonly string Standardized = PublishedProbe.IdOf(ProbeRepairs.Standardized);
    public static readonly string Repaired = PublishedProbe.IdOf(
        ProbeRepairs.SingleSoftmax | ProbeRepairs.NoDropout | ProbeRepairs.Validation | ProbeRepairs.Standardized
    );

    /// <summary>The widest layer that the quick profile puts under every probe.</summary>
    public const int QuickLimit = 512;

    public static readonly int[] Widths = [32, 128, 512, 2048];

    /// <summary>The rules as the paper names and orders them.</summary>
    public static readonly IReadOnlyList<PaperRule> Rules =
    [
        new("random", "Random projections"),
        new("competitive", "Competitive"),
        new("softhebb", "SoftHebb"),
        new("hebbnet", "HebbNet"),
    ];

    /// <summary>The competitive rule on units with the Triangle activation.</summary>
    public static readonly PaperRule CompetitiveTriangle = new("competitive", "Competitive + Triangle", Triangle);

    /// <summary>What <see cref="CompetitiveTriangle"/> is held against.</summary>
    public static readonly PaperRule RandomTriangle = new("random", "Random projections + Triangle", Triangle);

    /// <summary>The one hidden layer's name in records.</summary>
    public const string HiddenLayer = "hidden1";

    /// <summary>The output layer's name in records.</summary>
    public const string OutputLayer = "output";

    private const string Triangle = "triangle";

    public static PaperRule Random => Rules[0];

    public static PaperRule Competitive => Rules[1];

    /// <summary>The rule that also trains the output layer.</summary>
    public static PaperRule SoftHebb => Rules[2];

    public static PaperRule HebbNet => Rules[3];

    /// <summary>The rules that train at all.</summary>
    public static IEnumerable<PaperRule> LearningRules => Rules.Skip(1);

    /// <summary>
    /// The layer whose Gini coefficient the paper's code logged last, and so printed: of SoftHebb the output layer.
    /// </summary>
    public static string LoggedLayer(PaperRule rule) => rule == SoftHebb ? OutputLayer : HiddenLayer;

    /// <summary>Whether the paper has numbers for a data set.</summary>
    public static bool IsPrinted(string dataSet) => dataSet is PrintedValues.Mnist or PrintedValues.Cifar10;

    /// <summary>Whether a data set is normalised with MNIST's constants by right.</summary>
    public static bool HasMnistScaling(string dataSet) =>
        DataSets
            .WithFiles.OfType<PublishedImages>()
            .All(set => set.Id != dataSet || set.Normalization == PixelNormalization.Mnist);

    /// <summary>
    /// Whether training on a data set takes several times as long as on MNIST: colour images have four times as many
    /// inputs.
    /// </summary>
    public static bool IsLarge(string dataSet) => dataSet == CifarDataSet.Cifar10.Id;

    /// <summary>The arm of a rule at a width on a data set.</summary>
    public static PaperArm Arm(PaperRule rule, Setup setup, int width, string dataSet) =>
        new(rule, ConditionOf(setup, dataSet), width);

    /// <summary>
    /// The name of a set-up in results on a data set: where the corrected networks are the published ones, it is
    /// theirs.
    /// </summary>
    public static string ConditionOf(Setup setup, string dataSet) =>
        KebabCase.From(setup == Setup.Corrected && HasMnistScaling(dataSet) ? Setup.Published : setup);

    /// <summary>
    /// One network under the probes that the paper profile has for it. The first seed's run keeps weights for the
    /// pictures.
    /// </summary>
    public static PlannedRun<PaperArm> Run(
        ExperimentPlan plan,
        PaperRule rule,
        int width,
        long seed,
        Setup setup = Setup.Published
    )
    {
        PlannedRun<PaperArm> run = Train(plan, rule, width, seed, setup, Probes(plan, width, setup));
        return seed == plan.Seeds[0] ? run with { Spec = run.Spec with { Snapshots = SnapshotsOf(width) } } : run;
    }

    /// <summary>One network under given probes.</summary>
    public static PlannedRun<PaperArm> Train(
        ExperimentPlan plan,
        PaperRule rule,
        int width,
        long seed,
        Setup setup,
        IReadOnlyList<string> probes,
        IReadOnlyDictionary<string, string>? options = null
    )
    {
        RunSpec spec = plan.Rules[rule.Id].Spec(plan.DataSet, [width], seed, probes, options) with
        {
            Pixels = setup == Setup.Corrected || HasMnistScaling(plan.DataSet) ? PixelScaling.Own : PixelScaling.Mnist,
            Normalization = setup == Setup.LayerNormalized ? Normalization.Layer : Normalization.None,
            Activation = rule.Activation,
            Dropout = 0.5,
            Batch = 32,
            Limit = plan.SampleLimit,
            LearningRate = rule == SoftHebb && IsLarge(plan.DataSet) ? 0.01 : 0.05,
        };
        RunRole role = rule.Id == Random.Id ? RunRole.Baseline : RunRole.Final;
        return new PlannedRun<PaperArm>(Arm(rule, setup, width, plan.DataSet), role, spec);
    }

    /// <summary>Every rule at every width with every seed, in a stable order.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> Grid(
        ExperimentPlan plan,
        IEnumerable<PaperRule> rules,
        IEnumerable<int> widths,
        Setup setup = Setup.Published,
        int seeds = int.MaxValue
    ) =>
        from rule in rules
        from width in widths
        from seed in plan.First(seeds)
        select Run(plan, rule, width, seed, setup);

    /// <summary>As many as the figures show: of the narrowest layer all.</summary>
    public static int SnapshotsOf(int width) => width <= 32 ? width : Tiles;

    private static string[] Probes(ExperimentPlan plan, int width, Setup setup)
    {
        if (setup == Setup.LayerNormalized)
        {
            return FactorialProbes;
        }

        if (!plan.Affordable([width], QuickLimit).Any())
        {
            return [Published, Ridge];
        }

        // Where a data set's own constants are MNIST's, the published and the corrected networks are the same.
        bool isPublished = setup == Setup.Published || HasMnistScaling(plan.DataSet),
            isCorrected = setup == Setup.Corrected || HasMnistScaling(plan.DataSet);
        List<string> probes = [];
        if (isPublished)
        {
            probes.AddRange([.. FactorialProbes, Validated, Standardized, Ridge]);
        }

        if (isCorrected)
        {
            probes.AddRange([Published, Repaired, Softmax, Ridge]);
        }

        return [.. probes];
    }
}
