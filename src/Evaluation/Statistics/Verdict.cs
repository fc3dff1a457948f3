namespace Reproduction.Statistics;

/// <summary>What an interval of a difference [l, u] says, given a margin δ.</summary>
public enum Verdict
{
    /// <summary>None of the others: the difference could not be shown, nor that it is small.</summary>
    Inconclusive,

    /// <summary>−δ &lt; l and u &lt; δ: whatever the difference is, it is smaller than the margin.</summary>
    Equivalent,

    /// <summary>0 &lt; l, and not equivalent.</summary>
    Better,

    /// <summary>u &lt; 0, and not equivalent.</summary>
    Worse,
}
