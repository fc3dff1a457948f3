using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.SignSymmetry;

/// <summary>
/// Sign symmetry: backpropagation with the signs of the weights in the place of the weights,
/// δ_l = ((M ⊙ sign(W_{l+1}))ᵀ δ_{l+1}) ⊙ f′(u_l), ΔW_l = δ_l x_lᵀ. The magnitudes M are all alike (uSF), fixed and
/// random (frSF), or drawn anew for every batch (brSF); their size is that of initial weights, √(2/inputs).
/// </summary>
[LearningRule(
    "sign-symmetry",
    Summary = "errors carried down by the signs of the weights",
    Family = "feedback alignment",
    Source = "Liao, Leibo and Poggio 2016, arXiv 1510.05067, section 3",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Initialization = Initialization.He
)]
public sealed class SignSymmetry(SignSymmetryOptions options) : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <summary>For frSF, M of each layer above the first: outputs × inputs, from N(0, 2/inputs).</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) =>
        options.Magnitude != Magnitude.Fixed
            ? []
            :
            [
                .. from l in Enumerable.Range(1, network.HiddenLayers)
                let layer = network.Layers[l]
                select new ParameterDeclaration(
                    Fixed(l),
                    layer.Outputs,
                    layer.Inputs,
                    ParameterDraw.Normal(Math.Sqrt(2.0 / layer.Inputs))
                )
                {
                    Layer = l - 1,
                },
            ];

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        Matrix<float> delta = records[^1].Scratch("delta");
        proposal.Loss = step.Descend(delta);
        for (int l = records.Count - 1; ; l--)
        {
            LayerProposal change = proposal.For(l);
            if (l == 0)
            {
                change.Set(delta, records[0]);
                return;
            }

            // The change of this layer is written after its buffer has served for the signs.
            Matrix<float> signs = change.Weights,
                below = records[l - 1].Scratch("delta");
            Sign(step, l, signs.AsColumnMajorArray());
            signs.TransposeThisAndMultiply(delta, below);
            change.Set(delta, records[l]);
            step.Network.Layers[l].PullBackInput(records[l], below);
            step.Network.Layers[l - 1].Activation.PullBack(records[l - 1].PreActivation, records[l - 1].Output, below);
            delta = below;
        }
    }

    /// <summary>Computes M ⊙ sign(W) of a layer, outputs × inputs in column-major order.</summary>
    private void Sign(LearningStep step, int layer, Span<float> signs)
    {
        DenseLayer own = step.Network.Layers[layer];
        float size = (float)Math.Sqrt(2.0 / own.Inputs);
        switch (options.Magnitude)
        {
            case Magnitude.Fixed:
                TensorPrimitives.Abs(step.Parameters[Fixed(layer)].AsColumnMajorArray(), signs);
                break;
            case Magnitude.Redrawn:
                double[] drawn = new double[signs.Length];
                MathNet.Numerics.Distributions.Normal.Samples(step.Random["magnitude"], drawn, 0, size);
                for (int i = 0; i < signs.Length; i++)
                {
                    signs[i] = (float)Math.Abs(drawn[i]);
                }

                break;
            default:
                signs.Fill(size);
                break;
        }

        TensorPrimitives.CopySign(signs, own.Weights.AsColumnMajorArray(), signs);
    }

    private static string Fixed(int layer) => $"magnitude{layer + 1}";
}

/// <summary>Options of <see cref="SignSymmetry"/>.</summary>
public sealed record SignSymmetryOptions
{
    [RuleOption(
        "magnitudes beside the signs: uniform (uSF), fixed and random (frSF), or redrawn for each batch (brSF)"
    )]
    public Magnitude Magnitude { get; init; } = Magnitude.Uniform;
}

/// <summary>The magnitudes of the feedback.</summary>
public enum Magnitude
{
    /// <summary>All alike (uSF).</summary>
    Uniform,

    /// <summary>Random, drawn once (frSF).</summary>
    Fixed,

    /// <summary>Random, drawn for every batch (brSF).</summary>
    Redrawn,
}
