using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training.Credit;

/// <summary>
/// Records how coherent a network is, whatever trains it (Balduzzi, Vanchinathan and Buhmann 2015). Let τ_j be the
/// derivative of the summed output of the layer above with respect to unit j's output, and π_j the derivative of the
/// network's summed output with respect to the same. The curves are, per hidden layer:
/// <c>unit</c>, the share of (unit, sample) pairs with τ_j &gt; 0 among those with τ_j ≠ 0;
/// <c>unitWeights</c>, the same share with the moments of a normalisation taken as constants, so that the weights alone
/// decide;
/// <c>edge</c>, the share of edges j → k to active units that have ∂x_k/∂x_j ≥ 0 by their weights;
/// <c>sign</c>, the share of active units for which τ_j and π_j have the same sign, so that Kickback pushes as
/// backpropagation does.
/// The output layer is represented by its pre-activation.
/// </summary>
/// <param name="interval">Steps between two points of a curve; the first point is at the first step.</param>
/// <param name="curves">Receives the points.</param>
internal sealed class CoherenceObserver(int interval, CurveSet curves) : ITrainingObserver
{
    /// <inheritdoc/>
    public void BeforeStep(
        int step,
        FeedForwardNetwork network,
        ForwardRecord forward,
        Matrix<float> targets,
        Proposal proposal
    )
    {
        if ((step - 1) % interval != 0)
        {
            return;
        }

        int layers = network.Layers.Count;
        Matrix<float> total = Ones(forward.Layers[^1].Output);
        for (int l = layers - 2; l >= 0; l--)
        {
            string layer = MeasureNames.Layer(l, layers);
            Matrix<float> slopes = Slopes(network, forward, l + 1);
            curves.Add(MeasureNames.Coherence(layer, "edge"), step, EdgeShare(network.Layers[l + 1].Weights, slopes));

            Matrix<float> influence = forward.Layers[l].Scratch("coherence.influence");
            network.Layers[l + 1].PullBack(forward.Layers[l + 1], slopes, influence, throughMoments: false);
            curves.Add(MeasureNames.Coherence(layer, "unitWeights"), step, PositiveShare(influence));
            network.Layers[l + 1].PullBack(forward.Layers[l + 1], slopes, influence);
            curves.Add(MeasureNames.Coherence(layer, "unit"), step, PositiveShare(influence));

            slopes.PointwiseMultiply(total, slopes);
            total = Matrix<float>.Build.Dense(influence.RowCount, influence.ColumnCount);
            network.Layers[l + 1].PullBack(forward.Layers[l + 1], slopes, total);
            curves.Add(
                MeasureNames.Coherence(layer, "sign"),
                step,
                AgreementShare(influence, total, Slopes(network, forward, l))
            );
        }
    }

    private static Matrix<float> Ones(Matrix<float> shape) =>
        Matrix<float>.Build.Dense(shape.RowCount, shape.ColumnCount, 1f);

    /// <summary>Returns f′(u), units × samples; 1 in the output layer.</summary>
    private static Matrix<float> Slopes(FeedForwardNetwork network, ForwardRecord forward, int layer)
    {
        LayerRecord record = forward.Layers[layer];
        Matrix<float> slopes = Ones(record.Output);
        if (layer < network.Layers.Count - 1)
        {
            network.Layers[layer].Activation.PullBack(record.PreActivation, record.Output, slopes);
        }

        return slopes;
    }

    private static double PositiveShare(Matrix<float> influence)
    {
        float[] values = influence.AsColumnMajorArray();
        return values.Count(value => value > 0) / (double)values.Count(value => value != 0);
    }

    private static double AgreementShare(Matrix<float> influence, Matrix<float> total, Matrix<float> slopes)
    {
        float[] one = influence.AsColumnMajorArray(),
            all = total.AsColumnMajorArray(),
            active = slopes.AsColumnMajorArray();
        int agree = 0,
            decided = 0;
        for (int i = 0; i < one.Length; i++)
        {
            if (active[i] != 0 && one[i] != 0 && all[i] != 0)
            {
                decided++;
                agree += one[i] > 0 == all[i] > 0 ? 1 : 0;
            }
        }

        return agree / (double)decided;
    }

    private static double EdgeShare(Matrix<float> weights, Matrix<float> slopes)
    {
        double coherent = 0,
            edges = 0;
        for (int k = 0; k < weights.RowCount; k++)
        {
            int rising = 0,
                falling = 0,
                positive = 0,
                negative = 0;
            for (int sample = 0; sample < slopes.ColumnCount; sample++)
            {
                rising += slopes[k, sample] > 0 ? 1 : 0;
                falling += slopes[k, sample] < 0 ? 1 : 0;
            }

            for (int j = 0; j < weights.ColumnCount; j++)
            {
                positive += weights[k, j] >= 0 ? 1 : 0;
                negative += weights[k, j] <= 0 ? 1 : 0;
            }

            coherent += ((double)rising * positive) + ((double)falling * negative);
            edges += (double)(rising + falling) * weights.ColumnCount;
        }

        return coherent / edges;
    }
}
