using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Numerics;
using Features = Reproduction.Evaluation.Probes.Features;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests that each repair of the published probe does what it says and nothing else.</summary>
public class PublishedProbeTests
{
    private static readonly TrainingFeatures Training = new(Of(Toy.Set.Training.Examples));
    private static readonly TestFeatures Test = new(Of(Toy.Set.Test.Examples));

    [Fact]
    public void Variants_are_named_by_what_they_repair()
    {
        string[] ids = [.. PublishedProbe.Variants(Normalization.None).Select(probe => probe.Id)];
        Assert.Equal(16, ids.Distinct().Count());
        Assert.Contains("published+single-softmax+no-dropout+validation+standardized", ids);
        Assert.Equal("published", ids[0]);
        Assert.All(ids, id => Assert.Equal(id, ProbeCatalog.Find(id, Normalization.Layer).Id));
        Assert.Throws<SpecificationException>(() =>
            ProbeCatalog.Find("published+no-dropout+single-softmax", Normalization.None)
        );
    }

    [Fact]
    public void It_stops_at_the_first_epoch_whose_test_loss_is_not_lower_by_a_thousandth()
    {
        // Features that are all 0 leave the bias alone to learn. The classes are balanced, so the loss stays within a
        // few millionths of that of equal outputs: every epoch after the first one improves by less than 0.001.
        Features Blank(int count) =>
            new(
                MathNet.Numerics.LinearAlgebra.Matrix<float>.Build.Dense(4, count),
                [.. Enumerable.Range(0, count).Select(j => j % 3)],
                3
            );
        ProbeResult result = new PublishedProbe(Normalization.None).Run(
            new TrainingFeatures(Blank(600)),
            new TestFeatures(Blank(300)),
            new RandomStreams(1)
        );
        Assert.Equal(2, result.Details["epochs"]);
        Assert.DoesNotContain(result.TrainingLoss.Steps, step => step > 2 * 19);

        // Of classes that are not balanced the bias learns a few ten-thousandths per epoch: too little as well.
        Features Unbalanced(int count) =>
            Blank(count) with
            {
                Labels =
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(j =>
                            j % 100 < 37 ? 0
                            : j % 100 < 70 ? 1
                            : 2
                        ),
                ],
            };
        result = new PublishedProbe(Normalization.None).Run(
            new TrainingFeatures(Unbalanced(600)),
            new TestFeatures(Unbalanced(300)),
            new RandomStreams(1)
        );
        Assert.Equal(2, result.Details["epochs"]);

        // While the features are learned, each epoch improves by far more, so training ends at the last epoch.
        Assert.Equal(
            10,
            new PublishedProbe(Normalization.None).Run(Training, Test, new RandomStreams(1)).Details["epochs"]
        );
    }

    [Fact]
    public void Every_variant_learns_and_only_those_that_choose_by_validation_say_what_the_test_samples_would_choose()
    {
        Assert.All(
            PublishedProbe.Variants(Normalization.None),
            probe =>
            {
                ProbeResult result = probe.Run(Training, Test, new RandomStreams(1));
                Assert.InRange(result.TestAccuracy, 0.8, 1);
                Assert.Equal(
                    probe.Id.Contains("validation", StringComparison.Ordinal),
                    result.Details.ContainsKey("testChosenAccuracy")
                );
            }
        );
    }

    [Fact]
    public void As_published_it_drops_features_learns_from_every_sample_and_starts_from_drawn_weights()
    {
        double[] published = Run(ProbeRepairs.None).TrainingLoss.Values;
        Assert.NotEqual(published, Run(ProbeRepairs.NoDropout).TrainingLoss.Values);
        int[] labels = [.. Training.All.Labels];
        labels[^1] = (labels[^1] + 1) % 3;
        ProbeResult relabelled = new PublishedProbe(Normalization.None).Run(
            new TrainingFeatures(Training.All with { Labels = labels }),
            Test,
            new RandomStreams(1)
        );
        Assert.NotEqual(published, relabelled.TrainingLoss.Values);

        // Of a single batch without dropout, nothing but the drawn weights depends on the seed.
        int[] Predicted(long seed) =>
            new PublishedProbe(Normalization.None, ProbeRepairs.NoDropout)
                .Run(new TrainingFeatures(Training.All.Range(0, 32)), Test, new RandomStreams(seed))
                .Predictions.Classes;
        Assert.NotEqual(Predicted(1), Predicted(2));
    }

    [Fact]
    public void With_one_softmax_the_loss_can_fall_below_what_two_allow()
    {
        // Two softmaxes over k classes give the right class e/(e + k − 1) at best: for three classes, a loss of 0.551.
        double doubled = Run(ProbeRepairs.NoDropout).TrainingLoss.Values[^1],
            single = Run(ProbeRepairs.NoDropout | ProbeRepairs.SingleSoftmax).TrainingLoss.Values[^1];
        Assert.True(doubled > Math.Log(1 + (2 / Math.E)), $"{doubled}");
        Assert.True(single < doubled, $"{single}");
    }

    [Fact]
    public void The_validated_variant_chooses_without_the_test_samples()
    {
        // Other test labels change the reported accuracy, but not the chosen epoch.
        Features other = Test.All with
        {
            Labels = [.. Test.All.Labels.Select(label => (label + 1) % 3)],
        };
        ProbeResult one = Run(ProbeRepairs.Validation),
            two = new PublishedProbe(Normalization.None, ProbeRepairs.Validation).Run(
                Training,
                new TestFeatures(other),
                new RandomStreams(1)
            );
        Assert.Equal(one.Predictions.Classes, two.Predictions.Classes);
        Assert.Equal(one.Details["epochs"], two.Details["epochs"]);
        Assert.NotEqual(one.TestAccuracy, two.TestAccuracy);
        Assert.True(one.Details["testChosenAccuracy"] >= one.TestAccuracy - 0.05);
        Assert.DoesNotContain("testChosenAccuracy", Run(ProbeRepairs.None).Details.Keys);

        // The probe is trained without the validation samples, so their labels do not enter the loss.
        int[] labels = [.. Training.All.Labels];
        labels[^1] = (labels[^1] + 1) % 3;
        ProbeResult relabelled = new PublishedProbe(Normalization.None, ProbeRepairs.Validation).Run(
            new TrainingFeatures(Training.All with { Labels = labels }),
            Test,
            new RandomStreams(1)
        );
        Assert.Equal(one.TrainingLoss.Values[0], relabelled.TrainingLoss.Values[0]);
    }

    [Fact]
    public void The_standardised_variant_does_not_see_scales()
    {
        Features Scaled(Features features) =>
            features with
            {
                Values = features.Values.MapIndexed((i, _, value) => value * (i % 2 == 0 ? 64f : 0.25f)),
            };
        ProbeResult Scale(ProbeRepairs repairs) =>
            new PublishedProbe(Normalization.None, repairs).Run(
                new TrainingFeatures(Scaled(Training.All)),
                new TestFeatures(Scaled(Test.All)),
                new RandomStreams(1)
            );
        Assert.Equal(Run(ProbeRepairs.Standardized).TestAccuracy, Scale(ProbeRepairs.Standardized).TestAccuracy, 0.011);
        Assert.NotEqual(Run(ProbeRepairs.None).TrainingLoss.Values, Scale(ProbeRepairs.None).TrainingLoss.Values);
    }

    private static ProbeResult Run(ProbeRepairs repairs) =>
        new PublishedProbe(Normalization.None, repairs).Run(Training, Test, new RandomStreams(1));

    private static Features Of(Examples examples) => new(examples.Inputs, examples.Labels, examples.Classes);
}
