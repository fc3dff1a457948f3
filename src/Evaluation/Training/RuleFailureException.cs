using System.Reflection;
using System.Text.RegularExpressions;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// A learning rule broke down. The message is one line that names the rule, its assembly and the cause.
/// </summary>
public sealed partial class RuleFailureException : Exception
{
    /// <param name="when">When the rule failed, for example "at step 3".</param>
    public RuleFailureException(ILearningRule rule, string when, Exception cause)
        : base(Text(rule, when, cause), cause) { }

    /// <summary>Lets a rule do what it does before the first step.</summary>
    /// <exception cref="SpecificationException">The rule refuses the network.</exception>
    /// <exception cref="RuleFailureException">The rule broke down.</exception>
    internal static T BeforeTraining<T>(ILearningRule rule, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (ArgumentException exception)
        {
            throw new SpecificationException(
                $"rule {NameOf(rule)}: {exception.Message.ReplaceLineEndings(" ")}",
                exception
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new RuleFailureException(rule, "before the first step", exception);
        }
    }

    /// <summary>Returns the rule's id, or the name of its class if it has no id.</summary>
    internal static string NameOf(ILearningRule rule) =>
        rule.GetType().GetCustomAttribute<LearningRuleAttribute>()?.Id ?? rule.ToString()!;

    private static string Text(ILearningRule rule, string when, Exception cause)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(cause);
        Type type = rule.GetType();
        string place = cause
            .StackTrace?.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.Contains(type.FullName!, StringComparison.Ordinal))
            is { } line
            ? $" {SourceFolder().Replace(line, " in ")}"
            : "";
        string subject = $"rule {NameOf(rule)} of {type.Assembly.GetName().Name}";
        return $"{subject} failed {when}: {cause.GetType().Name}: {cause.Message}{place}".ReplaceLineEndings(" ");
    }

    /// <summary>
    /// Matches the folder of a stack frame's source file. Results show the file's name only, because the folder it was
    /// compiled in is private.
    /// </summary>
    [GeneratedRegex(@" in .*[/\\](?=[^/\\]+:line )")]
    private static partial Regex SourceFolder();
}
