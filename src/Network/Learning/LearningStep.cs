using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>Everything that a learning rule may see of one batch.</summary>
/// <param name="Network">The network. The rule may read it but not change it.</param>
/// <param name="Forward">The record of the batch's forward pass.</param>
/// <param name="Targets">The targets, outputs × samples: one-hot for classes, real numbers for regression. Null unless
/// the rule declared <see cref="Supervision.Target"/>.</param>
/// <param name="State">The state that <see cref="ILearningRule.CreateState"/> made, as the rule's last step left
/// it.</param>
/// <param name="Random">The run's named random streams, for rules that draw random numbers.</param>
public sealed record LearningStep(
    FeedForwardNetwork Network,
    ForwardRecord Forward,
    Matrix<float>? Targets,
    object? State,
    RandomStreams Random
)
{
    /// <summary>
    /// The scalar errors, one per sample; null unless the rule declared <see cref="Supervision.ScalarError"/>.
    /// </summary>
    public float[]? Errors { get; init; }

    /// <summary>The rule's own parameters, as <see cref="ILearningRule.Parameters"/> declares them.</summary>
    public RuleParameters Parameters { get; init; } = RuleParameters.None;

    /// <summary>What the task's targets are, whether or not the rule sees them.</summary>
    public TargetKind TargetKind { get; init; }

    /// <summary>
    /// The learning rate of each layer before the schedule; empty where nobody trains. They differ only in networks
    /// whose layers learn by different rules.
    /// </summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [];

    /// <summary>Where the step lies within the training. Set by whoever trains.</summary>
    public StepProgress Progress { get; set; } = new(1, 1, 1, 1, 1);

    /// <summary>
    /// Computes the mean loss of the batch and δ = −∂L/∂u at the output layer's pre-activations; see
    /// <see cref="OutputLoss.Descend"/>.
    /// </summary>
    /// <param name="delta">δ, outputs × samples; overwritten.</param>
    /// <returns>L, the loss averaged over the batch.</returns>
    /// <exception cref="InvalidOperationException">The rule is handed no targets, because it did not declare
    /// <see cref="Supervision.Target"/>.</exception>
    public double Descend(Matrix<float> delta, Loss loss = Loss.Matched) =>
        OutputLoss.Descend(
            Network.Layers[^1],
            Forward.Layers[^1],
            Targets ?? throw new InvalidOperationException("The rule was handed no targets."),
            delta,
            loss
        );
}
