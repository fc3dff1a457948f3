using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>The loss of a network's output and its derivative, which every rule that descends one shares.</summary>
public static class OutputLoss
{
    // Smaller probabilities count as this value in the reported loss only, so that the loss stays finite. The gradient
    // never divides by a probability.
    private const double SmallestProbability = 1e-30;

    /// <summary>
    /// Computes the mean loss of a batch, and the direction in which the output layer's pre-activations descend it:
    /// δ = −∂L/∂u with L averaged over the columns. Softmax and cross-entropy together give (t − y)/B; otherwise
    /// (t − y)/B is pulled back through the activation.
    /// </summary>
    /// <param name="layer">The output layer.</param>
    /// <param name="record">The record of its forward pass.</param>
    /// <param name="targets">Outputs × columns.</param>
    /// <param name="delta">δ, outputs × columns; overwritten.</param>
    /// <returns>L.</returns>
    public static double Descend(
        DenseLayer layer,
        LayerRecord record,
        Matrix<float> targets,
        Matrix<float> delta,
        Loss loss = Loss.Matched
    )
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(delta);
        float[] y = record.Output.AsColumnMajorArray(),
            t = targets.AsColumnMajorArray(),
            d = delta.AsColumnMajorArray();
        float columns = record.Columns;
        bool isCrossEntropy = IsCrossEntropy(layer, loss);
        double sum = 0;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = (t[i] - y[i]) / columns;
            sum += Term(isCrossEntropy, y[i], t[i]);
        }

        if (!isCrossEntropy)
        {
            layer.Activation.PullBack(record.PreActivation, record.Output, delta);
        }

        return sum / columns;
    }

    /// <summary>Computes the loss of each sample on its own.</summary>
    /// <param name="losses">One value per column; overwritten.</param>
    public static void OfEach(
        DenseLayer layer,
        LayerRecord record,
        Matrix<float> targets,
        Span<double> losses,
        Loss loss = Loss.Matched
    )
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(targets);
        float[] y = record.Output.AsColumnMajorArray(),
            t = targets.AsColumnMajorArray();
        bool isCrossEntropy = IsCrossEntropy(layer, loss);
        losses.Clear();
        for (int i = 0; i < y.Length; i++)
        {
            losses[i / layer.Outputs] += Term(isCrossEntropy, y[i], t[i]);
        }
    }

    private static bool IsCrossEntropy(DenseLayer layer, Loss loss) =>
        loss == Loss.CrossEntropy || (loss == Loss.Matched && layer.Activation is Softmax);

    /// <summary>The share of one output in the loss of a sample: −t log y, or ½(y − t)².</summary>
    private static double Term(bool isCrossEntropy, float y, float t) =>
        !isCrossEntropy ? 0.5 * (t - y) * (t - y)
        : t == 0f ? 0
        : -t * Math.Log(Math.Max(y, SmallestProbability));
}
