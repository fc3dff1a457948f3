namespace Reproduction.Studies.Running;

/// <summary>How the runs of a sweep ended.</summary>
public enum SweepOutcome
{
    /// <summary>Every run was made.</summary>
    Done,

    /// <summary>A rule refused its network: the command asked for what cannot be.</summary>
    Refused,

    /// <summary>A rule broke down, or runs are missing.</summary>
    Failed,
}
