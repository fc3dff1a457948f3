namespace Reproduction.Campaign;

/// <summary>Counts the trials of one kind, and what went wrong in them.</summary>
internal sealed class Trials(string name)
{
    private readonly List<string> wrong = [];

    /// <summary>How often it was tried.</summary>
    public int Count { get; set; }

    /// <summary>Something was lost, torn or other than it must be.</summary>
    public void Wrong(string what) => wrong.Add(what);

    /// <summary>The same, unless there is nothing to say.</summary>
    public void Unless(string? difference)
    {
        if (difference is not null)
        {
            wrong.Add(difference);
        }
    }

    /// <summary>Known records must be there as they were, and new ones be whole.</summary>
    public void Check(Faults.RecordWatch watch)
    {
        if (watch.Lost() is > 0 and int lost)
        {
            wrong.Add($"{lost} record(s) lost, changed or torn");
        }
    }

    /// <summary>A process must have ended with a code.</summary>
    public void Expect(int code, Executable.Outcome outcome)
    {
        if (outcome.Code != code)
        {
            wrong.Add($"code {outcome.Code}: {outcome.Error.TrimEnd()}");
        }
    }

    /// <param name="seen">In words, where nothing went wrong.</param>
    public TrialResult Result(string seen) => new(name, Count, wrong.Count, wrong.Count > 0 ? wrong[0] : seen);
}
