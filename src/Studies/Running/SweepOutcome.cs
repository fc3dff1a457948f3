namespace Reproduction.Studies.Running;

/// <summary>The outcome of a sweep.</summary>
public enum SweepOutcome
{
    /// <summary>Every run was made.</summary>
    Done,

    /// <summary>A rule refused its network: the command asked for something impossible.</summary>
    Refused,

    /// <summary>A rule broke down, or runs are missing.</summary>
    Failed,
}
