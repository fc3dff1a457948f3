using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Kickback;

/// <summary>
/// Kickback: Δw_ij ∝ −β·τ_j·(s_j·1_j)·x_i, which is global error times influence times local activity. β is the single
/// error of a sample, and τ_j is the derivative of the next layer's summed output with respect to unit j's output. In
/// its place, backprop has π_j, the derivative of the network's output. The output weights keep the delta rule, so a
/// network with one hidden layer learns exactly as with backprop.
/// </summary>
/// <remarks>
/// Truncation ladder: τ^(h) is the derivative of the summed output of the layer h layers above, or of the network's
/// output if that is nearer. To compute it, every unit of the upper layer receives β, which is pulled back through h
/// layers. Where samples do not mix (any normalisation but batch normalisation), the result is β·τ^(h).
/// </remarks>
[LearningRule(
    "kickback",
    Summary = "one scalar error per sample, times each unit's influence on the next layer, times its own activity",
    Family = "kickback",
    Source = "Balduzzi, Vanchinathan and Buhmann 2015, arXiv 1411.6191",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Activation = "signed-relu",
    Output = "identity",
    Initialization = Initialization.SignMatchedScaled
)]
public sealed class KickbackRule(KickbackOptions options) : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.ScalarError;

    /// <inheritdoc/>
    public Locality Locality =>
        options.Hops == 0 || options.Influence == Influence.Constant ? Locality.Layer
        : options.Hops == 1 ? Locality.NextLayer
        : Locality.Network;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);

        // The outputs of a softmax always sum to 1, so the sum of their errors would be nothing but rounding.
        return network.Layers[^1].Activation is Softmax
            ? throw new ArgumentException(
                "kickback has nothing to learn from a softmax output layer; use --output identity"
            )
            : null;
    }

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        float[] errors = step.Errors ?? throw new InvalidOperationException("Kickback was handed no errors.");
        double loss = 0;
        foreach (float error in errors)
        {
            loss += 0.5 * error * error;
        }

        proposal.Loss = loss / errors.Length;
        int output = records.Count - 1;
        for (int l = options.Hops == 0 ? output : 0; l <= output; l++)
        {
            // δ_j = −β·τ_j·f′(u_j), averaged over the batch; ΔW = δ·n(x)ᵀ, Δb = Σ_B δ.
            Matrix<float> delta = InfluencedError(step, errors, l);
            step.Network.Layers[l].Activation.PullBack(records[l].PreActivation, records[l].Output, delta);
            delta.Multiply(-1f / errors.Length, delta);
            proposal.For(l).Set(delta, records[l]);
        }
    }

    /// <summary>
    /// Computes β·τ_j for each unit and sample, in a scratch matrix of the layer. For the output layer it is β itself.
    /// </summary>
    private Matrix<float> InfluencedError(LearningStep step, float[] errors, int layer)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        int top = options.Influence == Influence.Constant ? layer : Math.Min(layer + options.Hops, records.Count - 1);
        Matrix<float> gradient = records[top].Scratch("gradient");
        float[] values = gradient.AsColumnMajorArray();
        for (int j = 0; j < errors.Length; j++)
        {
            values.AsSpan(j * gradient.RowCount, gradient.RowCount).Fill(errors[j]);
        }

        for (int m = top; m > layer; m--)
        {
            step.Network.Layers[m].Activation.PullBack(records[m].PreActivation, records[m].Output, gradient);
            step.Network.Layers[m]
                .PullBack(
                    records[m],
                    gradient,
                    records[m - 1].Scratch("gradient"),
                    throughMoments: options.NormalizationPass == NormalizationPass.Exact
                );
            gradient = records[m - 1].Scratch("gradient");
        }

        return gradient;
    }
}

/// <summary>Options of <see cref="KickbackRule"/>.</summary>
public sealed record KickbackOptions
{
    [RuleOption(
        "number of layers that influence is followed through: 1 is Kickback, the number of hidden layers is "
            + "backprop, 0 leaves the hidden layers untrained, whatever the influence",
        Minimum = 0,
        Maximum = 64
    )]
    public int Hops { get; init; } = 1;

    [RuleOption("influence of a hidden unit: truncated after the hops, or constant (error diffusion)")]
    public Influence Influence { get; init; } = Influence.Truncated;

    [RuleOption("how influence passes through a normalisation: as the exact derivative, or by its scale alone")]
    public NormalizationPass NormalizationPass { get; init; } = NormalizationPass.Exact;
}

/// <summary>How a hidden unit's influence on the output is defined.</summary>
public enum Influence
{
    /// <summary>
    /// τ^(h): the derivative of the summed output of the layer h layers above, with respect to this unit's output.
    /// </summary>
    Truncated,

    /// <summary>1 for every unit (error diffusion). Its sign is right where every τ is positive.</summary>
    Constant,
}

/// <summary>How influence passes through a normalisation.</summary>
public enum NormalizationPass
{
    /// <summary>
    /// By the exact derivative: a unit also moves the mean and the deviation with which all units are normalised.
    /// </summary>
    Exact,

    /// <summary>By division by the deviation alone, which a unit can know locally.</summary>
    Scale,
}
