using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.FeedbackAlignment;

/// <summary>
/// Feedback alignment: backpropagation with a fixed random matrix B_l in the place of the transposed weights,
/// δ_l = (B_l δ_{l+1}) ⊙ f′(u_l), ΔW_l = δ_l x_lᵀ, Δb_l = Σ δ_l, with δ of the output layer the negative gradient of
/// the mean loss.
/// </summary>
[LearningRule(
    "feedback-alignment",
    Summary = "errors carried down by fixed random matrices, one for each layer",
    Family = "feedback alignment",
    Source = "Lillicrap, Cownden, Tweed and Akerman 2016, eq. 2",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Initialization = Initialization.He
)]
public sealed class FeedbackAlignment : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <summary>
    /// B_l of each hidden layer l, units of l × units of l + 1, as large as initial weights would be.
    /// </summary>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) =>
        [
            .. from l in Enumerable.Range(0, network.HiddenLayers)
            let layer = network.Layers[l]
            select new ParameterDeclaration(
                Feedback(l),
                layer.Outputs,
                network.Layers[l + 1].Outputs,
                ParameterDraw.Normal(Math.Sqrt(2.0 / layer.Outputs))
            )
            {
                Layer = l,
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
            // ΔW = δ·n(x)ᵀ, Δb = Σ_B δ
            proposal.For(l).Set(delta, records[l]);
            if (l == 0)
            {
                return;
            }

            // δ below = (B δ) ⊙ f′(u), through the normalisation and the dropout of this layer's input
            Matrix<float> below = records[l - 1].Scratch("delta");
            step.Parameters[Feedback(l - 1)].Multiply(delta, below);
            step.Network.Layers[l].PullBackInput(records[l], below);
            step.Network.Layers[l - 1].Activation.PullBack(records[l - 1].PreActivation, records[l - 1].Output, below);
            delta = below;
        }
    }

    private static string Feedback(int layer) => $"feedback{layer + 1}";
}
