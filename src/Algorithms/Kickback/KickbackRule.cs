using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Kickback;

/// <summary>
/// Kickback: Δw_ij ∝ −β·τ_j·(s_j·1_j)·x_i, global error times influence times local activity. β is the one error of a
/// sample, τ_j the derivative
/// of the next layer's summed output by unit j's output; backprop has in its place π_j, the derivative of the network's
/// output. The output
/// weights keep the delta rule, so a network of one hidden layer learns exactly as by backprop.
/// </summary>
/// <remarks>
/// Truncation ladder: τ^(h) is the derivative of the summed output h layers above, or of the network's output where
/// that is nearer. It is
/// computed by pulling β, given to each unit of the upper layer alike, back through h layers; where samples do not mix
/// (any
/// normalisation but batch) this is β·τ^(h).
/// </remarks>
[LearningRule(
    "kickback",
    Summary = "one scalar error a sample, times each unit's influence on the next layer, times its own activity",
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
    public object? CreateState(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);

        // A softmax's outputs always sum to 1: their errors' sum would be rounding alone.
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
            LayerProposal change = proposal.For(l);
            delta.TransposeAndMultiply(records[l].Normalized, change.Weights);
            ColumnSum.Compute(delta, change.Bias.AsArray());
        }
    }

    /// <summary>β·τ_j of each unit and sample, in the layer's scratch; β itself in the output layer.</summary>
    private Matrix<float> InfluencedError(LearningStep step, float[] errors, int layer)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        int top = options.Influence == Influence.Constant ? layer : Math.Min(layer + options.Hops, records.Count - 1);
        Matrix<float> gradient = records[top].Scratch;
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
                    records[m - 1].Scratch,
                    throughMoments: options.NormalizationPass == NormalizationPass.Exact
                );
            gradient = records[m - 1].Scratch;
        }

        return gradient;
    }
}
