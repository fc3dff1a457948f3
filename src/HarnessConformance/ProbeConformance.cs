using MathNet.Numerics.LinearAlgebra;
using Reproduction.Conformance;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Training;
using Reproduction.Numerics;

namespace Reproduction.HarnessConformance;

/// <summary>Checks the laws that every probe of a plugin keeps, on made-up features of three classes.</summary>
/// <param name="probe">The probe.</param>
public sealed class ProbeConformance(IHonestProbe probe)
    : LawSuite(
        probe.Id,
        () =>
            [
                ("deterministic", "the same features and seed give the same predictions", () => Deterministic(probe)),
                ("reads-only", "fitting changes no feature and no label", () => ReadsOnly(probe)),
                ("finds", "predicts separable classes, and no others better than chance", () => Finds(probe)),
                ("scale", "features a thousand times as large are predicted as well", () => Scale(probe)),
            ]
    )
{
    private const int Classes = 3;
    private const int Dimension = 8;
    private const int Count = 600;

    private static IEnumerable<string> Deterministic(IHonestProbe probe)
    {
        if (!Predicted(probe, 2, 1).Classes.SequenceEqual(Predicted(probe, 2, 1).Classes))
        {
            yield return "two fits with one seed predict different classes";
        }
    }

    private static IEnumerable<string> ReadsOnly(IHonestProbe probe)
    {
        Features features = Made(2, 1, "training"),
            before = features with { Values = features.Values.Clone(), Labels = [.. features.Labels] };
        probe.Fit(new TrainingFeatures(features), new RandomStreams(1));
        if (!features.Values.Equals(before.Values) || !features.Labels.SequenceEqual(before.Labels))
        {
            yield return "fitting changes the features or the labels that it is given";
        }
    }

    private static IEnumerable<string> Finds(IHonestProbe probe)
    {
        double separable = Predicted(probe, 6, 1).Accuracy,
            noise = Predicted(probe, 0, 1).Accuracy;
        if (separable < 0.95)
        {
            yield return $"classes that hardly overlap are predicted with {separable:P1}";
        }

        if (noise > 0.45)
        {
            yield return $"features that know nothing of the classes predict them with {noise:P1}, chance is 33 %";
        }
    }

    private static IEnumerable<string> Scale(IHonestProbe probe)
    {
        double one = Predicted(probe, 2, 1).Accuracy,
            large = Predicted(probe, 2, 1000).Accuracy;
        if (Math.Abs(one - large) > 0.05)
        {
            yield return $"the accuracy is {one:P1}, and {large:P1} with features a thousand times as large";
        }
    }

    private static Predictions Predicted(IHonestProbe probe, double signal, double scale) =>
        probe
            .Fit(new TrainingFeatures(Made(signal, scale, "training")), new RandomStreams(1))
            .Predict(Made(signal, scale, "test"));

    private static Features Made(double signal, double scale, string split)
    {
        Matrix<float> values = Matrix<float>.Build.Dense(Dimension, Count);
        RandomStream.Create(1, split).FillNormal(values.AsColumnMajorArray(), 1);
        int[] labels = [.. Enumerable.Range(0, Count).Select(j => j * 7 % Classes)];
        for (int j = 0; j < Count; j++)
        {
            values[labels[j], j] += (float)signal;
        }

        return new Features(values * (float)scale, labels, Classes);
    }
}
