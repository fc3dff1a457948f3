namespace Reproduction.Network;

/// <summary>
/// Marks a class as a learning rule that can be chosen by name, and states the training set-up of the rule's source.
/// </summary>
/// <param name="id">The rule's name in specs and on the command line: lower case, with hyphens.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LearningRuleAttribute(string id) : Attribute
{
    public string Id { get; } = id;

    /// <summary>One line that says what the rule does.</summary>
    public required string Summary { get; init; }

    /// <summary>The family that the rule belongs to.</summary>
    public required string Family { get; init; }

    /// <summary>The source of the rule's equation.</summary>
    public required string Source { get; init; }

    /// <summary>The default learning rate.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>The default optimizer.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>The weight constraint that belongs to the rule.</summary>
    public WeightConstraint Constraint { get; init; } = WeightConstraint.None;

    /// <summary>The default number of epochs.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The default batch size in samples; 0 puts all samples into one training step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>The default activation of the hidden layers.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>The default activation of the output layer.</summary>
    public string Output { get; init; } = "softmax";

    /// <summary>
    /// Whether the rule's source sums over the columns of a layer's record, so that a larger batch takes a larger step;
    /// otherwise the rule averages over them.
    /// </summary>
    public bool SumsOverColumns { get; init; }

    /// <summary>Whether the rule needs classes for targets, so that it refuses real numbers.</summary>
    public bool NeedsClasses { get; init; }

    /// <summary>The default initialization of the weights.</summary>
    public Initialization Initialization { get; init; } = Initialization.Hebbian;
}
