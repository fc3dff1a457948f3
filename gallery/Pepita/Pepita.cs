using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.Pepita;

/// <summary>
/// PEPITA: the output's error e = y − t is added to the input by a fixed random matrix F, x′ = x + F e, and passed
/// forward again with the same dropout. Each layer learns from the difference of the two passes:
/// ΔW_l = −(h_l − h′_l) h′_{l−1}ᵀ with h′_0 = x′, and ΔW_L = −e′ h′_{L−1}ᵀ with e′ = y′ − t, averaged over the batch.
/// </summary>
[LearningRule(
    "pepita",
    Summary = "the output's error is added to the input; layers learn from the difference of two forward passes",
    Family = "forward only",
    Source = "Dellaferrera and Kreiman 2022, arXiv 2201.11665, Algorithm 1",
    LearningRate = 0.1,
    Optimizer = OptimizerKind.Momentum,
    Batch = 64,
    Initialization = Initialization.He
)]
public sealed class Pepita(PepitaOptions options) : ILearningRule
{
    private const string Projection = "projection";

    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <summary>F, inputs × outputs, uniform between ±s√(6/inputs), with s the option <c>scale</c>.</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        double bound = options.Scale * Math.Sqrt(6.0 / network.Inputs);
        return [new ParameterDeclaration(Projection, network.Inputs, network.Outputs, ParameterDraw.Uniform(bound))];
    }

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        FeedForwardNetwork network = step.Network;
        ForwardRecord first = step.Forward,
            second = first.Scratch("modulated");
        LayerRecord top = first.Layers[^1],
            topAgain = second.Layers[^1];

        // x′ = x + F e
        Matrix<float> error = top.Scratch("error"),
            input = first.Layers[0].Scratch("modulated", network.Inputs);
        top.Output.Subtract(step.Targets, error);
        step.Parameters[Projection].Multiply(error, input);
        input.Add(first.Layers[0].Input, input);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            network.Layers[l].Repeat(l == 0 ? input : second.Layers[l - 1].Output, first.Layers[l], second.Layers[l]);
        }

        for (int l = 0; l < network.HiddenLayers; l++)
        {
            // −(h − h′), as the layer above is given them: dropped units do not learn.
            Matrix<float> delta = second.Layers[l].Scratch("delta");
            second.Layers[l + 1].Input.Subtract(first.Layers[l + 1].Input, delta);
            Write(delta, second.Layers[l], proposal.For(l));
        }

        // −e′
        Matrix<float> last = topAgain.Scratch("delta");
        step.Targets!.Subtract(topAgain.Output, last);
        Write(last, topAgain, proposal.For(network.HiddenLayers));
        proposal.Loss = step.Descend(error);
    }

    /// <summary>ΔW = δ h′ᵀ/B; the rule has no biases.</summary>
    private static void Write(Matrix<float> delta, LayerRecord second, LayerProposal change)
    {
        delta.Multiply(1f / second.Columns, delta);
        delta.TransposeAndMultiply(second.Normalized, change.Weights);
    }
}

/// <summary>Options of <see cref="Pepita"/>.</summary>
public sealed record PepitaOptions
{
    [RuleOption("size of F, as a share of uniform entries between ±√(6/inputs)", Minimum = 0)]
    public double Scale { get; init; } = 0.05;
}
