namespace Reproduction.Campaign;

/// <summary>Counts the trials of one kind, and what went wrong in them.</summary>
internal sealed class Trials(string name)
{
    private readonly List<string> wrong = [];
    private int attempts;

    /// <summary>How often it was tried.</summary>
    public int Count { get; set; }

    /// <summary>Something was lost, torn or other than it must be.</summary>
    public void Wrong(string what) => wrong.Add(what);

    /// <summary>The same, unless there is nothing to say.</summary>
    public void Unless(string? difference)
    {
        if (difference is not null)
        {
            Wrong(difference);
        }
    }

    /// <summary>Known records must be there as they were, and new ones be whole.</summary>
    public void Check(Faults.RecordWatch watch)
    {
        Unless(watch.Lost() is > 0 and int lost ? $"{lost} record(s) lost, changed or torn" : null);
    }

    /// <summary>A process must have ended with a code.</summary>
    public void Expect(int code, Executable.Outcome outcome)
    {
        Unless(outcome.Code != code ? $"code {outcome.Code}: {outcome.Error.TrimEnd()}" : null);
    }

    /// <summary>
    /// Whether another attempt is to be made: until it was tried so often, or that has failed three times as often.
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

    /// <param name="seen">In words, where nothing went wrong.</param>
    public TrialResult Result(string seen) => new(name, Count, wrong.Count, wrong.Count > 0 ? wrong[0] : seen);
}
