using System.CommandLine;
using Reproduction.Conformance;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.HarnessConformance;
using Reproduction.Network;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>conformance</c> tests whether rules keep the laws that the harness relies on.</summary>
internal static class ConformanceCommand
{
    private static readonly Dictionary<string, string> NoSettings = [];

    public static Command Create(CommonOptions common)
    {
        Option<string?> rules = new("--rules")
        {
            Description = "learning rules [default: those of the plugins, or all rules if there are no plugins]",
            HelpName = "R[,R…]",
        };
        Option<string[]> settings = new("--set")
        {
            Description = "rule option name=value (repeatable), for a single rule",
            HelpName = "NAME=VALUE",
        };
        Command command = new("conformance", "exit 0 if learning rules keep every law of the suite, 3 if one does not")
        {
            common.Plugins,
            rules,
            settings,
        };
        command.SetAction(arguments =>
        {
            RuleCatalog catalog = common.Rules(arguments);
            IReadOnlyDictionary<string, string> chosen = CommonOptions.Settings(arguments.GetValue(settings));
            IReadOnlyList<RuleDescription> tried =
                arguments.GetValue(rules) is { } named ? CommonOptions.NamedRules(named, catalog)
                : catalog.Plugged.Count + catalog.Contributions.Count > 0 || catalog.Problems.Count > 0
                    ? catalog.Plugged
                : [.. catalog.Rules];
            if (tried.Count == 0 && catalog.Contributions.Count == 0 && catalog.Problems.Count == 0)
            {
                throw new SpecificationException($"--rules {arguments.GetValue(rules)}: name at least one rule");
            }

            if (chosen.Count > 0 && tried.Count != 1)
            {
                throw new SpecificationException(
                    $"--set belongs to one rule, and there are {tried.Count}; name one with --rules"
                );
            }

            foreach (RuleDescription rule in tried)
            {
                catalog.Provide(PluginKind.Activation, rule.Attribute.Activation);
                catalog.Provide(PluginKind.Activation, rule.Attribute.Output);
            }

            int broken = tried.Count(rule => !Holds(rule, chosen));
            LawSuite[] others = arguments.GetValue(rules) is null
                ? [.. catalog.Contributions.Select(part => SuiteOf(part.Kind, part.Id, part.Type, catalog))]
                : [];
            int othersBroken = others.Zip(catalog.Contributions).Count(pair => !Holds(pair.First, pair.Second.Id));
            if (tried.Count > 0 || others.Length == 0)
            {
                Console.WriteLine(
                    $"conformance: {tried.Count - broken} of {tried.Count} rule(s) keep all "
                        + $"{LearningRuleConformance.Laws.Count} laws"
                );
            }

            if (others.Length > 0)
            {
                Console.WriteLine(
                    $"conformance: {others.Length - othersBroken} of {others.Length} other part(s) of plugins keep all "
                        + "their laws"
                );
            }

            return broken + othersBroken > 0 ? ExitCode.DidNotHold
                : catalog.Problems.Count > 0 ? ExitCode.Failed
                : 0;
        });
        return command;
    }

    /// <summary>The laws of a part of a plugin that is no rule.</summary>
    private static LawSuite SuiteOf(PluginKind kind, string id, Type type, RuleCatalog catalog) =>
        kind switch
        {
            PluginKind.Activation => new ActivationConformance((Activation)Activator.CreateInstance(type)!),
            PluginKind.DataSet => new DataSetConformance(
                id,
                () =>
                    ((IDataSetSource)Activator.CreateInstance(type)!).Load(
                        Path.Combine(CommonOptions.DataRoot(null), id)
                    )
            ),
            PluginKind.Probe => new ProbeConformance((IHonestProbe)Activator.CreateInstance(type)!),
            _ => new InstrumentConformance(
                id,
                () => (ITrainingObserver)Activator.CreateInstance(type)!,
                () => catalog.Rules.First(rule => rule.Supervision == Supervision.Target).Create(NoSettings)
            ),
        };

    private static bool Holds(LawSuite suite, string id)
    {
        Console.WriteLine(id);
        bool holds = true;
        foreach (string law in suite.Laws)
        {
            IReadOnlyList<string> violations = suite.Violations(law);
            holds &= violations.Count == 0;
            Console.WriteLine($"  {(violations.Count == 0 ? "keeps " : "BREAKS")}  {law, -13}  {suite.Statement(law)}");
            foreach (string violation in violations)
            {
                Console.WriteLine($"          {violation}");
            }
        }

        return holds;
    }

    private static bool Holds(RuleDescription rule, IReadOnlyDictionary<string, string> settings)
    {
        rule.Resolve(settings);
        LearningRuleConformance conformance = new(rule.Attribute, () => rule.Create(settings));
        Console.WriteLine(rule.Id);
        bool holds = true;
        Dictionary<string, string> told = [];
        foreach (string law in LearningRuleConformance.Laws)
        {
            IReadOnlyList<string> violations = conformance.Violations(law);
            holds &= violations.Count == 0;
            Console.WriteLine(
                $"  {(violations.Count == 0 ? "keeps " : "BREAKS")}  {law, -13}  "
                    + $"{LearningRuleConformance.Statement(law)}"
            );
            foreach (string violation in violations)
            {
                // What breaks one law often breaks others: one cause is told once.
                string cause = violation[(violation.IndexOf("': ", StringComparison.Ordinal) + 3)..];
                Console.WriteLine($"          {(told.TryAdd(cause, law) ? violation : $"as under '{told[cause]}'")}");
            }
        }

        return holds;
    }
}
