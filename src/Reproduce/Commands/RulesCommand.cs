using System.CommandLine;
using System.Globalization;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>rules</c> lists the available learning rules with their options.</summary>
internal static class RulesCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string?> named = new("--rules")
        {
            Description = "list these alone, of the gallery too [default: all but the gallery's]",
            HelpName = "R[,R…]",
        };
        Command command = new("rules", "list the learning rules with their options") { common.Plugins, named };
        command.SetAction(arguments =>
        {
            RuleCatalog rules = common.Rules(arguments);
            RuleDescription[]? chosen = arguments.GetValue(named) is { } text
                ? CommonOptions.NamedRules(text, rules)
                : null;
            foreach (RuleDescription rule in chosen ?? [.. rules.Rules])
            {
                Console.WriteLine($"{rule.Id}: {rule.Attribute.Summary}");
                Console.WriteLine($"  {rule.Attribute.Family}; {rule.Attribute.Source}");
                Console.WriteLine($"  told of {Told(rule.Supervision)}; a layer's change reads {Read(rule.Locality)}");
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  defaults: {rule.Attribute.Epochs} epoch(s), {KebabCase.From(rule.Attribute.Optimizer)}, "
                            + $"learning rate {rule.Attribute.LearningRate}, constraint "
                            + $"{KebabCase.From(rule.Attribute.Constraint)}, initial weights "
                            + $"{KebabCase.From(rule.Attribute.Initialization)}"
                    )
                );
                foreach (RuleOption option in rule.Options)
                {
                    Console.WriteLine($"  --set {option.Name}={option.Default}  {option.Description} ({option.Range})");
                }

                Console.WriteLine();
            }

            if (chosen is not null)
            {
                return;
            }

            string[] gallery = [.. rules.Unloaded.Keys.Where(rules.IsOfGallery)];
            if (gallery.Length > 0)
            {
                Console.WriteLine("gallery, loaded when it is named: " + string.Join(", ", gallery));
                Console.WriteLine(
                    "'reproduce rules --rules NAME' says more of one, and so does its card in docs/rules"
                );
            }

            foreach ((string id, string file) in rules.Unloaded.Where(rule => !rules.IsOfGallery(rule.Key)))
            {
                Console.WriteLine(
                    $"{id}: in {file}, not loaded until it is named, with its options: '--rule {id}', or "
                        + $"'--plugin {CommonOptions.PluginFolder}' for all there"
                );
            }
        });
        return command;
    }

    private static string Told(Supervision supervision) =>
        supervision switch
        {
            Supervision.None => "no error",
            Supervision.ScalarError => "one error per sample",
            _ => "the targets",
        };

    private static string Read(Locality locality) =>
        locality switch
        {
            Locality.Layer => "that layer alone",
            Locality.NextLayer => "that layer and the next",
            _ => "all layers",
        };
}
