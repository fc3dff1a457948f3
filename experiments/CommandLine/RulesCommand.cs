using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Reproduction.Evaluation;

namespace Reproduction.Experiments.CommandLine;

/// <summary><c>rules</c>: the learning rules at hand with their options.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        Command command = new("rules", "list the learning rules with their options");
        command.SetAction(_ =>
        {
            foreach (RuleDescription rule in RuleCatalog.BuiltIn().Rules)
            {
                string set(object value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!);
                Console.WriteLine($"{rule.Id}: {rule.Attribute.Summary}");
                Console.WriteLine($"  {rule.Attribute.Family}; {rule.Attribute.Source}");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  defaults: {rule.Attribute.Epochs} epoch(s), {set(rule.Attribute.Optimizer)}, learning rate {rule.Attribute.LearningRate}, constraint {set(rule.Attribute.Constraint)}, initial weights {set(rule.Attribute.Initialization)}"));
                foreach (RuleOption option in rule.Options)
                {
                    Console.WriteLine($"  --set {option.Name}={option.Default}  {option.Description} ({option.Range})");
                }

                Console.WriteLine();
            }
        });
        return command;
    }
}
