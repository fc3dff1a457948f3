namespace Reproduction.Network;

/// <summary>What the targets of a task are.</summary>
public enum TargetKind
{
    /// <summary>Classes, as one-hot columns.</summary>
    Classes,

    /// <summary>Real numbers; also +1 and −1, for a network that tells one class from the rest.</summary>
    Numbers,
}
