using System.Reflection;
using System.Text.RegularExpressions;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// A learning rule broke down. The message is one line that names the rule, its assembly and the cause.
/// </summary>
public sealed partial class RuleFaultException : Exception
{
    /// <param name="when">"at step 3".</param>
    public RuleFaultException(ILearningRule rule, string when, Exception cause)
        : base(Text(rule, when, cause), cause) { }

    /// <summary>Its id, or its class where it has none.</summary>
    internal static string NameOf(ILearningRule rule) =>
        rule.GetType().GetCustomAttribute<LearningRuleAttribute>()?.Id ?? rule.GetType().FullName!;

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
        return $"rule {NameOf(rule)} of {type.Assembly.GetName().Name} failed {when}: {cause.GetType().Name}: {cause.Message}{place}".ReplaceLineEndings(
            " "
        );
    }

    /// <summary>
    /// Where the source of a frame lay when it was compiled: the file's name is enough, its folder is nobody's business
    /// who gets the results.
    /// </summary>
    [GeneratedRegex(@" in .*[/\\](?=[^/\\]+:line )")]
    private static partial Regex SourceFolder();
}
