using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.FeedbackAlignment;

/// <summary>
/// Direct feedback alignment: every hidden layer is told of the output's error by a fixed random matrix of its own,
/// δ_l = (B_l e) ⊙ f′(u_l), ΔW_l = δ_l x_lᵀ, Δb_l = Σ δ_l, with e the negative gradient of the mean loss at the
/// output's pre-activations.
/// </summary>
[LearningRule(
    "direct-feedback-alignment",
    Summary = "the output's error carried to every layer by a fixed random matrix of its own",
    Family = "feedback alignment",
    Source = "Nøkland 2016, arXiv 1609.01596, eq. 8",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Initialization = Initialization.He
)]
public sealed class DirectFeedbackAlignment : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <summary>B_l of each hidden layer l, units of l × outputs, with entries from N(0, 1/outputs).</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) =>
        [
            .. from l in Enumerable.Range(0, network.HiddenLayers)
            select new ParameterDeclaration(
                Feedback(l),
                network.Layers[l].Outputs,
                network.Outputs,
                ParameterDraw.Normal(1 / Math.Sqrt(network.Outputs))
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
        Matrix<float> error = records[^1].Scratch("error");
        proposal.Loss = step.Descend(error);
        for (int l = 0; l < records.Count; l++)
        {
            LayerRecord record = records[l];
            Matrix<float> delta = error;
            if (l < records.Count - 1)
            {
                // δ = (B e) ⊙ f′(u)
                delta = record.Scratch("delta");
                step.Parameters[Feedback(l)].Multiply(error, delta);
                step.Network.Layers[l].Activation.PullBack(record.PreActivation, record.Output, delta);
            }

            // ΔW = δ·n(x)ᵀ, Δb = Σ_B δ
            proposal.For(l).Set(delta, record);
        }
    }

    private static string Feedback(int layer) => $"feedback{layer + 1}";
}
