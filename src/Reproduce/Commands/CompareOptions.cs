using System.CommandLine;
using System.Globalization;
using Reproduction.CommandLine.Display;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;

namespace Reproduction.CommandLine.Commands;

/// <summary>
/// The options of <c>compare</c> and <c>check</c> that say what is asked, and how their values are read.
/// </summary>
internal sealed class CompareOptions
{
    private const string Auto = "auto";
    private const int DefaultSeeds = 10;
    private const int DefaultMostSeeds = 40;

    private readonly Option<string?> rules = new("--rules")
    {
        Description =
            "learning rules, with settings in brackets: softhebb,hebbnet[epochs=5,learning-rate=0.01] [default: all "
            + "but the baselines]",
        HelpName = "R[,R…]",
    };
    private readonly Option<string> widths = new("--widths")
    {
        Description = "widths of the hidden layer; each width is a separate network",
        DefaultValueFactory = _ => "32,128,512",
        HelpName = "N[,N…]",
    };
    private readonly Option<string?> hidden = new("--hidden")
    {
        Description = "instead of --widths: units of each hidden layer of one network, e.g. 256,256",
        HelpName = "N[,N…]",
    };
    private readonly Option<string> probe = new("--probe")
    {
        Description = "ridge, softmax or published",
        DefaultValueFactory = _ => "ridge",
        HelpName = "NAME",
    };
    private readonly Option<string> layers = new("--probe-layers")
    {
        Description = "hidden layers that are probed, each against the untrained one: last or all",
        DefaultValueFactory = _ => "last",
        HelpName = "NAME",
    };
    private readonly Option<string> seeds = new("--seeds")
    {
        Description = "number of seeds, or auto: more and more until all is decided, at most --max-seeds",
        DefaultValueFactory = _ => DefaultSeeds.ToString(CultureInfo.InvariantCulture),
        HelpName = "N|auto",
    };
    private readonly Option<int?> mostSeeds = new("--max-seeds")
    {
        Description = $"the most seeds that --seeds auto takes [default: {DefaultMostSeeds}]",
        HelpName = "N",
    };
    private readonly Option<int> limit = new("--limit")
    {
        Description = "use only the first N training samples; 0 for all",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    };
    private readonly Option<int?> epochs = new("--epochs")
    {
        Description = "passes over the training data, for all rules [default: each rule's own]",
        HelpName = "N",
    };
    private readonly Option<string> match = new("--match")
    {
        Description = "give every rule as many epochs or steps as the rule with the most: none, epochs or steps",
        DefaultValueFactory = _ => "none",
        HelpName = "NAME",
    };
    private readonly Option<bool> searchRates = new("--search-rates")
    {
        Description =
            "first try five learning rates of each rule, and five initial scales of random projections, on validation "
            + "data with seeds of their own",
    };
    private readonly Option<double?> margin = new("--margin")
    {
        Description =
            "points that matter: smaller differences are equivalent; 'check' asks for at least that much where it is "
            + "given [default: 0.5]",
        HelpName = "X",
    };
    private readonly Option<string> estimand = new("--estimand")
    {
        Description = "what a difference must hold for: seeds-and-samples (new ones of both) or seeds (these samples)",
        DefaultValueFactory = _ => KebabCase.From(Estimand.SeedsAndSamples),
        HelpName = "NAME",
    };

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> All =>
        [rules, widths, hidden, probe, layers, seeds, mostSeeds, margin, estimand, epochs, match, searchRates, limit];

    /// <summary>What 'check' asks for: more than this, as a share.</summary>
    public double Threshold(ParseResult arguments) => (arguments.GetValue(margin) ?? 0) / 100;

    /// <summary>
    /// The numbers of seeds after which the results are looked at, with the level of the whole question at each: a
    /// single one unless seeds are added as needed.
    /// </summary>
    public IReadOnlyList<(int Seeds, double Level)> LookList(ParseResult arguments)
    {
        string text = arguments.GetValue(seeds)!;
        int? most = arguments.GetValue(mostSeeds);
        if (text != Auto)
        {
            if (most is not null)
            {
                throw new SpecificationException($"--max-seeds {most}: belongs to --seeds {Auto}; leave it out");
            }

            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                ? [(count, Effect.Level)]
                : throw new SpecificationException($"--seeds {text}: a whole number, or {Auto}");
        }

        return (most ?? DefaultMostSeeds) is >= 2 and <= ExperimentPlan.MostSeeds and var bound
            ? Looks.UpTo(bound)
            : throw new SpecificationException($"--max-seeds {most}: 2 to {ExperimentPlan.MostSeeds}");
    }

    /// <summary>Reads the question for a data set.</summary>
    /// <param name="isGate">Whether all comparisons must agree, so that each interval holds by itself.</param>
    /// <param name="pictures">How pictures become samples; null where there are none.</param>
    /// <exception cref="SpecificationException">A value is out of range, or two options exclude each other.</exception>
    public Question Question(
        ParseResult arguments,
        RuleCatalog catalog,
        string dataSet,
        bool isGate,
        long firstSeed,
        string? pictures,
        IDisplay display
    )
    {
        double points = arguments.GetValue(margin) ?? (100 * DecisionTerms.DefaultMargin);
        if (points is not (>= 0 and <= 100))
        {
            throw new SpecificationException($"--margin {RunJson.Number(points)}: points, from 0 to 100");
        }

        string probeName = arguments.GetValue(probe)!;
        bool isSearched = arguments.GetValue(searchRates);
        if (isSearched && probeName.StartsWith("published", StringComparison.Ordinal))
        {
            throw new SpecificationException(
                $"--search-rates: the probe {probeName} selects on no validation data; take ridge or softmax"
            );
        }

        IReadOnlyList<ComparisonArm> arms = Arms(arguments, catalog);
        Matching matching = CommonOptions.ParseName<Matching>("--match", arguments.GetValue(match)!);
        RequireFree(arms, "learning-rate", isSearched, "--search-rates");
        RequireFree(arms, "epochs", matching != Matching.None, $"--match {KebabCase.From(matching)}");
        if (matching == Matching.Steps && arms.FirstOrDefault(arm => arm.Rule.Attribute.Batch == 0) is { } whole)
        {
            throw new SpecificationException(
                $"--match steps: {whole.Label} takes all samples in one step; leave one of them out"
            );
        }

        IReadOnlyList<(int Seeds, double Level)> looks = LookList(arguments);
        Question question = new(
            dataSet,
            arms,
            Networks(arguments, display),
            probeName,
            new DecisionTerms(
                points / 100,
                CommonOptions.ParseName<Estimand>("--estimand", arguments.GetValue(estimand)!),
                looks[^1].Level,
                !isGate
            )
            {
                Threshold = isGate ? Threshold(arguments) : null,
            }
        )
        {
            Layers = CommonOptions.ParseName<ProbedLayers>("--probe-layers", arguments.GetValue(layers)!),
            Limit = arguments.GetValue(limit),
            Epochs = arguments.GetValue(epochs),
            Matching = matching,
            FirstSeed = firstSeed,
            MostSeeds = looks[^1].Seeds,
            AddsSeeds = looks.Count > 1 || arguments.GetValue(seeds) == Auto,
            Pictures = pictures,
            SearchesRates = isSearched,
        };
        return question;
    }

    /// <summary>Requires that no arm sets what an option decides for all.</summary>
    private static void RequireFree(IReadOnlyList<ComparisonArm> arms, string setting, bool isDecided, string option)
    {
        if (isDecided && arms.FirstOrDefault(arm => arm.Sets(setting)) is { } arm)
        {
            throw new SpecificationException(
                $"{option}: {arm.Label} has {setting} of its own; leave one of the two out"
            );
        }
    }

    private int[][] Networks(ParseResult arguments, IDisplay display)
    {
        if (arguments.GetValue(hidden) is not { } units)
        {
            return
            [
                .. CommonOptions.DistinctWidths(arguments.GetValue(widths)!, display).Select(width => (int[])[width]),
            ];
        }

        return arguments.GetResult(widths) is { Implicit: false }
            ? throw new SpecificationException(
                "--hidden and --widths: one network of several layers, or several of one layer; leave one out"
            )
            : [CommonOptions.ParseWidths("--hidden", units)];
    }

    private IReadOnlyList<ComparisonArm> Arms(ParseResult arguments, RuleCatalog catalog)
    {
        if (arguments.GetValue(rules) is not { } named)
        {
            return
            [
                .. catalog
                    .Rules.Where(rule => rule.Attribute.Family != RandomProjectionFamily.Baseline)
                    .Select(ComparisonArm.Of),
            ];
        }

        // Random projections always take part, so naming them is allowed.
        ComparisonArm[] chosen =
        [
            .. ComparisonArm.Parse(named, catalog).Where(arm => arm.Rule.Id != RandomProjectionFamily.Random),
        ];
        return chosen.Length > 0
            ? chosen
            : throw new SpecificationException(
                $"--rules {named}: name at least one rule to hold against random projections"
            );
    }
}
