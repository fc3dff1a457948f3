namespace Reproduction.Campaign;

/// <summary>Counts the trials of one kind, and what went wrong in them.</summary>
internal sealed class Trials(string name)
{
    private readonly List<string> wrong = [];
    private int attempts;

    /// <summary>The number of trials so far.</summary>
    public int Count { get; set; }

    /// <summary>Notes that something was lost, torn or wrong.</summary>
    public void Wrong(string what) => wrong.Add(what);

    /// <summary>Notes a difference, unless it is null.</summary>
    public void Unless(string? difference)
    {
        if (difference is not null)
        {
            Wrong(difference);
        }
    }

    /// <summary>Checks that known records are unchanged and new ones are whole.</summary>
    public void Check(Disturbances.RecordWatch watch)
    {
        Unless(watch.Lost() is > 0 and int lost ? $"{lost} record(s) lost, changed or torn" : null);
    }

    /// <summary>Checks that a process has ended with the expected code.</summary>
    public void Expect(int code, Executable.Outcome outcome)
    {
        Unless(outcome.Code != code ? $"code {outcome.Code}: {outcome.Error.TrimEnd()}" : null);
    }

    /// <summary>
    /// Whether to try again: until there were <paramref name="count"/> trials, or three times as many attempts.
    /// </summary>
    public bool GoOn(int count)
    {
        if (Count < count && attempts++ < 3 * count)
        {
            return true;
        }

        Unless(Count < count ? $"it could be tried {Count} times only" : null);
        return false;
    }

    /// <param name="seen">What was seen where nothing went wrong, in words.</param>
    public TrialResult Result(string seen) => new(name, Count, wrong.Count, wrong.Count > 0 ? wrong[0] : seen);
}
