using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Training;

namespace Reproduction.Evaluation.Probes;

/// <summary>An affine classifier on standardised features: scores = W·(f − mean)∘scale + b.</summary>
/// <param name="Standardization">Moments of the training features.</param>
/// <param name="Weights">Classes × features.</param>
/// <param name="Bias">One value per class.</param>
/// <param name="Details">The values that fitting chose or reached, such as the penalty, by name.</param>
public sealed record FittedProbe(
    Standardization Standardization,
    Matrix<float> Weights,
    float[] Bias,
    IReadOnlyDictionary<string, double> Details
)
{
    public Predictions Predict(Features features) => Predict(features, 0, features.Count);

    /// <summary>Predicts the classes of the samples [start, end).</summary>
    public Predictions Predict(Features features, int start, int end)
    {
        Matrix<float> scores = Matrix<float>.Build.Dense(Weights.RowCount, end - start);
        Standardization.ForChunks(
            features.Values,
            start,
            end,
            (chunk, first) =>
                (Weights * chunk)
                    .AsColumnMajorArray()
                    .CopyTo(scores.AsColumnMajorArray(), (first - start) * Weights.RowCount)
        );
        float[] values = scores.AsColumnMajorArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += Bias[i % Bias.Length];
        }

        return Predictions.FromScores(scores, features.Labels[start..end]);
    }
}
