namespace Reproduction.Network;

/// <summary>
/// Marks a class as a learning rule that can be chosen by name, and states the set-up its source trains it with.
/// </summary>
/// <param name="id">The name in specs and on the command line: lower case, hyphens.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LearningRuleAttribute(string id) : Attribute
{
    public string Id { get; } = id;

    /// <summary>One line: what the rule does.</summary>
    public required string Summary { get; init; }

    /// <summary>The family it belongs to.</summary>
    public required string Family { get; init; }

    /// <summary>Where its equation is from.</summary>
    public required string Source { get; init; }

    /// <summary>The learning rate where none is given.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>The optimizer where none is given.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>The constraint that belongs to the rule.</summary>
    public WeightConstraint Constraint { get; init; } = WeightConstraint.None;

    /// <summary>Passes over the training data where no number is given.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Samples a step where no number is given; 0 for all of them in one step.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>Of the hidden layers, where none is given.</summary>
    public string Activation { get; init; } = "relu";

    /// <summary>Activation of the output layer, where none is given.</summary>
    public string Output { get; init; } = "softmax";

    /// <summary>The initial weights where nothing else is asked for.</summary>
    public Initialization Initialization { get; init; } = Initialization.Hebbian;
}
