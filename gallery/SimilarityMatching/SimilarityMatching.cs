using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.SimilarityMatching;

/// <summary>
/// Similarity matching with lateral inhibition: the units of a layer settle where y = f(y + ε(W x + b − M y)) no longer
/// moves, so linear units reach M⁻¹(W x + b); forward weights learn by Hebb's rule, ΔW = y xᵀ − W, and lateral ones by
/// its opposite, ΔM = (y yᵀ − M)/τ, both averaged over the batch. Linear units span the principal subspace of their
/// input.
/// </summary>
[LearningRule(
    "similarity-matching",
    Summary = "units inhibit each other by weights that learn; similar inputs get similar activity",
    Family = "Hebbian",
    Source = "Pehlevan, Sengupta and Chklovskii 2018, eqs. 12 to 14; Földiák 1990",
    LearningRate = 0.01,
    Activation = "relu",
    Initialization = Initialization.He
)]
public sealed class SimilarityMatching(SimilarityMatchingOptions options) : IInferringRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public Locality Locality => Locality.Layer;

    /// <summary>M of each hidden layer, units × units, the identity at first.</summary>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) =>
        [
            .. from l in Enumerable.Range(0, network.HiddenLayers)
            let units = network.Layers[l].Outputs
            select new ParameterDeclaration(Lateral(l), units, units, ParameterDraw.Identity) { Layer = l },
        ];

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Settle(FeedForwardNetwork network, RuleParameters parameters, Matrix<float> input, ForwardRecord record)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(record);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            LayerRecord own = record.Layers[l];
            network.Layers[l].Forward(l == 0 ? input : record.Layers[l - 1].Output, own, null);
            if (l < network.HiddenLayers)
            {
                Inhibit(parameters[Lateral(l)], network.Layers[l].Activation, own);
            }
        }
    }

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(proposal);
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            Matrix<float> weights = proposal.For(l).Weights,
                lateral = proposal.For(Lateral(l));

            // ΔW = y xᵀ/B − W
            record.Output.TransposeAndMultiply(record.Normalized, weights);
            weights.Multiply(1f / record.Columns, weights);
            weights.Subtract(step.Network.Layers[l].Weights, weights);

            // ΔM = (y yᵀ/B − M)/τ
            record.Output.TransposeAndMultiply(record.Output, lateral);
            lateral.Multiply(1f / record.Columns, lateral);
            lateral.Subtract(step.Parameters[Lateral(l)], lateral);
            lateral.Multiply((float)(1 / options.Tau), lateral);
        }
    }

    private static string Lateral(int layer) => $"lateral{layer + 1}";

    /// <summary>
    /// Lets the activity of a layer settle from 0: y ← f(y + ε(u − M y)), with ε the inverse of the largest sum of
    /// magnitudes in a row of M, at which the descent is stable.
    /// </summary>
    private void Inhibit(Matrix<float> lateral, Activation activation, LayerRecord record)
    {
        float rate = 1f / Math.Max(1e-6f, LargestRow(lateral));
        Matrix<float> drive = record.Scratch("drive"),
            pull = record.Scratch("pull"),
            y = record.Output;
        record.PreActivation.CopyTo(drive);
        y.Clear();
        for (int i = 0; i < options.Steps; i++)
        {
            lateral.Multiply(y, pull);
            drive.Subtract(pull, pull);
            TensorPrimitives.MultiplyAdd(
                pull.AsColumnMajorArray(),
                rate,
                y.AsColumnMajorArray(),
                record.PreActivation.AsColumnMajorArray()
            );
            activation.Apply(record.PreActivation, y);
        }
    }

    private static float LargestRow(Matrix<float> matrix)
    {
        float largest = 0;
        for (int row = 0; row < matrix.RowCount; row++)
        {
            float sum = 0;
            for (int column = 0; column < matrix.ColumnCount; column++)
            {
                sum += MathF.Abs(matrix.At(row, column));
            }

            largest = MathF.Max(largest, sum);
        }

        return largest;
    }
}

/// <summary>Options of <see cref="SimilarityMatching"/>.</summary>
public sealed record SimilarityMatchingOptions
{
    [RuleOption("steps in which the activity settles", Minimum = 1, Maximum = 10_000)]
    public int Steps { get; init; } = 30;

    [RuleOption(
        "τ, how many times slower lateral weights learn; the source has twice the rate for W and this for M",
        Minimum = 0,
        IsMinimumExcluded = true
    )]
    public double Tau { get; init; } = 0.5;
}
