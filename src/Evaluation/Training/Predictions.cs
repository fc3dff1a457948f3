using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Evaluation.Training;

/// <summary>The predictions of a classifier for labelled samples.</summary>
/// <param name="Classes">The predicted class of each sample.</param>
/// <param name="Labels">The true class of each sample.</param>
/// <param name="ClassCount">The number of classes.</param>
public sealed record Predictions(int[] Classes, int[] Labels, int ClassCount)
{
    /// <summary>The share of samples predicted correctly, in [0, 1].</summary>
    public double Accuracy => Classes.Zip(Labels).Count(pair => pair.First == pair.Second) / (double)Labels.Length;

    /// <summary>
    /// The number of samples predicted as each class. A class that is never predicted means that something failed.
    /// </summary>
    public int[] Counts
    {
        get
        {
            int[] counts = new int[ClassCount];
            foreach (int predicted in Classes)
            {
                counts[predicted]++;
            }

            return counts;
        }
    }

    /// <summary>
    /// One bit per sample, the first in the lowest bit of the first byte: 1 where the prediction is correct.
    /// </summary>
    public byte[] CorrectBits
    {
        get
        {
            byte[] bits = new byte[(Labels.Length + 7) / 8];
            for (int j = 0; j < Labels.Length; j++)
            {
                bits[j / 8] |= (byte)(Classes[j] == Labels[j] ? 1 << (j % 8) : 0);
            }

            return bits;
        }
    }

    /// <summary>Predicts, for each sample, the class with the largest score.</summary>
    /// <param name="scores">Classes × samples.</param>
    public static Predictions FromScores(Matrix<float> scores, int[] labels)
    {
        float[] values = scores.AsColumnMajorArray();
        int classes = scores.RowCount;
        int[] predicted = new int[labels.Length];
        for (int j = 0; j < predicted.Length; j++)
        {
            predicted[j] = TensorPrimitives.IndexOfMax(values.AsSpan(j * classes, classes));
        }

        return new Predictions(predicted, labels, classes);
    }
}
