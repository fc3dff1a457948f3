namespace Reproduction.Conformance;

/// <summary>Laws that one part of a plugin must keep, each with its check.</summary>
public abstract class LawSuite
{
    private readonly string subject;
    private readonly IReadOnlyList<(string Name, string Statement, Func<IEnumerable<string>> Check)> laws;

    /// <param name="subject">What is checked, by its id.</param>
    /// <param name="laws">The laws; a check yields one line for each violation.</param>
    protected LawSuite(
        string subject,
        Func<IReadOnlyList<(string Name, string Statement, Func<IEnumerable<string>> Check)>> laws
    )
    {
        ArgumentNullException.ThrowIfNull(laws);
        this.subject = subject;
        this.laws = laws();
    }

    /// <summary>The names of the laws.</summary>
    public IReadOnlyList<string> Laws => [.. laws.Select(law => law.Name)];

    /// <summary>Returns the statement of a law in words.</summary>
    /// <exception cref="ArgumentException">No law has that name.</exception>
    public string Statement(string law) => Find(law).Statement;

    /// <summary>Lists the violations of a law, one line each. Empty if the law holds.</summary>
    /// <exception cref="ArgumentException">No law has that name.</exception>
    public IReadOnlyList<string> Violations(string law)
    {
        Func<IEnumerable<string>> check = Find(law).Check;
        try
        {
            return [.. check().Select(line => $"{subject} breaks '{law}': {line}")];
        }
        catch (Exception exception)
        {
            // A plugin may throw any exception. Whatever it throws is reported as a violation.
            return
            [
                $"{subject} breaks '{law}': {exception.GetType().Name}: {exception.Message}".ReplaceLineEndings(" "),
            ];
        }
    }

    /// <summary>Requires that a law holds.</summary>
    /// <exception cref="ConformanceException">The law does not hold.</exception>
    /// <exception cref="ArgumentException">No law has that name.</exception>
    public void Require(string law)
    {
        IReadOnlyList<string> violations = Violations(law);
        if (violations.Count > 0)
        {
            throw new ConformanceException(string.Join(Environment.NewLine, violations));
        }
    }

    private (string Name, string Statement, Func<IEnumerable<string>> Check) Find(string law) =>
        laws.FirstOrDefault(candidate => candidate.Name == law) is { Name: not null } found
            ? found
            : throw new ArgumentException($"There is no law '{law}'; there are: {string.Join(", ", Laws)}.");
}
