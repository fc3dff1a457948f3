namespace Reproduction.Network;

/// <summary>What the targets of a task are.</summary>
public enum TargetKind
{
    /// <summary>Classes: one-hot columns, or +1 and −1 for a network of one output.</summary>
    Classes,

    /// <summary>Real numbers.</summary>
    Numbers,
}
