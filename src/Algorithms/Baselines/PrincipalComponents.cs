using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Baselines;

/// <summary>
/// Principal component analysis as a rule that takes one step over all samples: the rows of W become the leading
/// eigenvectors of the inputs' covariance, one per neuron, in descending order of eigenvalue. With the identity as
/// activation, the hidden layer is PCA. Neurons beyond the rank of the covariance have weights of 0: there,
/// eigenvectors are made of rounding, and a probe that standardises its features would blow that up.
/// </summary>
[LearningRule(
    "pca",
    Summary = "principal components of the inputs, in one step over all samples",
    Family = "baseline",
    Source = "Pearson 1901; Hotelling 1933",
    LearningRate = 1,
    Batch = 0,
    Activation = "identity"
)]
public sealed class PrincipalComponents : ILearningRule
{
    // The products of inputs are in single precision: a smaller share of the sum of their squares is rounding.
    private const double Rounding = 1.0 / (1 << 23);

    /// <inheritdoc/>
    public Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            (Matrix<double> vectors, int rank) = Eigenvectors(step.Forward.Layers[l].Normalized);
            Matrix<float> weights = step.Network.Layers[l].Weights,
                change = proposal.For(l).Weights;
            for (int neuron = 0; neuron < weights.RowCount; neuron++)
            {
                // A neuron without a component left gets weights of 0. An eigenvector's sign is fixed so that its entry
                // of largest magnitude is positive.
                int column = vectors.ColumnCount - 1 - neuron;
                Vector<double> component =
                    neuron < rank ? vectors.Column(column) : Vector<double>.Build.Dense(weights.ColumnCount);
                double sign = Math.Sign(component[component.AbsoluteMaximumIndex()]);
                for (int input = 0; input < weights.ColumnCount; input++)
                {
                    change[neuron, input] = (float)(sign * component[input]) - weights[neuron, input];
                }
            }
        }
    }

    /// <summary>
    /// Computes the eigenvectors of the inputs' covariance, one per column, in ascending order of eigenvalue; and its
    /// rank, which is below the number of samples.
    /// </summary>
    private static (Matrix<double> Vectors, int Rank) Eigenvectors(Matrix<float> inputs)
    {
        Matrix<double> covariance = SecondMoments.Of(inputs);
        double smallest = covariance.Trace() * Rounding;
        Vector<double> mean = inputs.RowSums().ToDouble() / inputs.ColumnCount;
        covariance.Subtract(mean.OuterProduct(mean) * inputs.ColumnCount, covariance);
        Evd<double> decomposition = covariance.Evd(Symmetricity.Symmetric);
        Vector<double> values = decomposition.EigenValues.Real();
        return (decomposition.EigenVectors, Math.Min(inputs.ColumnCount - 1, values.Count(value => value > smallest)));
    }
}
