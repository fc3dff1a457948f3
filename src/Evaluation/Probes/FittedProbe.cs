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
    public Predictions Predict(Features features) =>
        PredictStandardized(Standardization.Apply(features.Values, 0, features.Count), features.Labels);

    /// <param name="standardized">Features × samples, already standardised.</param>
    /// <param name="labels">One class index per sample.</param>
    public Predictions PredictStandardized(Matrix<float> standardized, int[] labels)
    {
        Matrix<float> scores = Weights * standardized;
        float[] values = scores.AsColumnMajorArray();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += Bias[i % Bias.Length];
        }

        return Predictions.FromScores(scores, labels);
    }
}
