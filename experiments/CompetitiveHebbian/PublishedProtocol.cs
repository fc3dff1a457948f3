using Reproduction.Evaluation;
using Reproduction.Network;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// How "Learning Dynamics in Competitive Hebbian Learning" trained and probed, as its code did: no layer normalisation (the text has it, the
/// code never built it), dropout 0.5 below the head, one epoch, batch 32, learning rate 0.05.
/// </summary>
internal static class PublishedProtocol
{
    public const string Paper = "competitive-hebbian";
    public const string Probe = "published";

    /// <summary>How many neurons Figures 1 and 2 show.</summary>
    public const int Tiles = 25;

    public static readonly int[] Widths = [32, 128, 512, 2048];

    /// <summary>The rules as the paper names and orders them, with a colour each.</summary>
    public static readonly IReadOnlyList<PaperRule> Rules =
    [
        new("random", "Random", 0),
        new("competitive", "Own rule", 1),
        new("softhebb", "SoftHebb", 2),
        new("hebbnet", "HebbNet", 3),
    ];

    /// <summary>The one hidden layer's name in records.</summary>
    public const string HiddenLayer = "hidden1";

    /// <summary>The output layer's name in records.</summary>
    public const string OutputLayer = "output";

    /// <summary>The rule that also trains the output layer.</summary>
    public static PaperRule SoftHebb => Rules.Single(rule => rule.Id == "softhebb");

    /// <summary>The rules that train at all.</summary>
    public static IEnumerable<PaperRule> LearningRules => Rules.Where(rule => rule.Id != "random");

    /// <summary>The layer whose Gini coefficient the paper's code logged last, and so printed: of SoftHebb the output layer.</summary>
    public static string LoggedLayer(PaperRule rule) => rule == SoftHebb ? OutputLayer : HiddenLayer;

    /// <summary>One run. The first seed's keeps weights for the pictures; the others only numbers.</summary>
    public static RunSpec Run(ExperimentPlan plan, PaperRule rule, int width, long seed) =>
        RunSpec.For(plan.Rules[rule.Id], plan.DataSet, [width], seed, [Probe]) with
        {
            Normalization = Normalization.None,
            Dropout = 0.5,
            Batch = 32,
            LearningRate = 0.05,
            Snapshots = seed == plan.Seeds[0] ? Tiles : 0,
        };

    /// <summary>Every rule at every width with every seed, in a stable order.</summary>
    public static IEnumerable<RunSpec> Grid(ExperimentPlan plan, IEnumerable<PaperRule> rules, IEnumerable<int> widths) =>
        from rule in rules from width in widths from seed in plan.Seeds select Run(plan, rule, width, seed);
}
