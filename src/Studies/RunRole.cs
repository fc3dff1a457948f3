namespace Reproduction.Studies;

/// <summary>The part that a run plays in its experiment.</summary>
public enum RunRole
{
    /// <summary>A trial of a search on validation data; its test results are not used.</summary>
    Search,

    /// <summary>A run whose results stand in the experiment's tables.</summary>
    Final,

    /// <summary>A run of a baseline, with which final runs are compared.</summary>
    Baseline,

    /// <summary>A final run of a plugin's rule, which belongs to a family of comparisons of its own.</summary>
    Guest,
}
