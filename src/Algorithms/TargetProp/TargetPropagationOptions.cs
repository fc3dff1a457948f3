using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>Options of <see cref="TargetPropagation"/>.</summary>
public sealed record TargetPropagationOptions
{
    [RuleOption("how far to move along a direction, from the factors of the batch")]
    public Estimator Estimator { get; init; } = Estimator.LeastSquares;

    [RuleOption("directions a layer and step; no more are used than the layer has inputs", Minimum = 1, Maximum = 4096)]
    public int Directions { get; init; } = 256;

    [RuleOption("how directions are drawn")]
    public DirectionDraw Draw { get; init; } = DirectionDraw.Gaussian;

    [RuleOption("share of the computed weight step that is taken", Minimum = 0, Maximum = 1)]
    public double WeightDamping { get; init; } = 1;

    [RuleOption(
        "share of the computed activation step that becomes the target of the layer below",
        Minimum = 0,
        Maximum = 1
    )]
    public double ActivationDamping { get; init; } = 1;

    [RuleOption("how a target passes an activation on its way down")]
    public ActivationPass ActivationPass { get; init; } = ActivationPass.Slope;

    [RuleOption(
        "ridge of the least squares, as a share of the mean squared response of a direction",
        Minimum = 0,
        Maximum = 1
    )]
    public double Ridge { get; init; } = 1;

    [RuleOption("what is made of the variance of the factors of the weight step")]
    public Gate Gate { get; init; } = Gate.None;

    [RuleOption("what the output layer is to say")]
    public OutputTarget OutputTarget { get; init; } = OutputTarget.Gradient;

    [RuleOption("what is noted of every step besides, at some cost")]
    public Recording Record { get; init; } = Recording.None;
}
