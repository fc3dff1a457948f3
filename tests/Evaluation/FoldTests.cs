using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests the folds of a cross-validation.</summary>
public sealed class FoldTests
{
    [Fact]
    public void Every_sample_is_held_out_once_with_its_targets()
    {
        Examples classes =
                new(Matrix<float>.Build.Dense(2, 52, (i, j) => (10 * j) + i), [.. Enumerable.Range(0, 52)], 52),
            numbers = new(classes.Inputs, Matrix<float>.Build.Dense(1, 52, (_, j) => j));
        List<int> held = [];
        for (int k = 1; k <= 5; k++)
        {
            (Examples fit, Examples heldOut) = new Fold(k, 5).Split(classes);
            Assert.Equal(Enumerable.Range(0, 52).Except(heldOut.Labels), fit.Labels);
            Assert.All(fit.Labels.Index(), at => Assert.Equal(10 * at.Item + 1, fit.Inputs[1, at.Index]));
            held.AddRange(heldOut.Labels);
            Assert.Equal(fit.Labels.Select(label => (float)label), new Fold(k, 5).Split(numbers).Fit.Values!.Row(0));
        }

        Assert.Equal(Enumerable.Range(0, 52), held);
    }

    /// <summary>
    /// The first third of the labels is noise. Held out, nothing can be right about it beyond chance; what is learned
    /// with it is still right about the others.
    /// </summary>
    [Fact]
    public void Validation_is_of_the_fold_that_is_held_out()
    {
        Examples clean = Toy.Set.Training.Examples;
        int[] labels = [.. clean.Labels];
        new Random(5).Shuffle(labels.AsSpan(0, 200));
        DataSet data = Toy.Set with { Training = new TrainingSplit(new Examples(clean.Inputs, labels, 3)) };
        double Validation(string fold) =>
            Toy.Run(
                Toy.Rules["backprop"].Spec("toy", [16], 1, []) with
                {
                    Fold = fold,
                    HoldOutValidation = true,
                    Epochs = 10,
                    Batch = 32,
                    LearningRate = 0.01,
                },
                data
            ).Measures[MeasureNames.ValidationAccuracy];
        Assert.InRange(Validation("1/3"), 0.2, 0.5);
        Assert.InRange(Validation("2/3"), 0.8, 1);
        Assert.InRange(Validation("3/3"), 0.8, 1);
    }

    [Theory]
    [InlineData("0/5")]
    [InlineData("6/5")]
    [InlineData("1/1")]
    [InlineData("1/101")]
    [InlineData("2")]
    [InlineData("a/b")]
    [InlineData("02/5")]
    public void What_is_no_fold_is_refused(string text) =>
        Assert.Equal(
            $"--fold {text}: k/n, as 2/5, k from 1 to n, n from 2 to 100",
            Assert.Throws<SpecificationException>(() => Fold.Parse(text)).Message
        );

    [Fact]
    public void A_fold_of_too_few_samples_is_refused() =>
        Assert.Equal(
            "--fold 1/100: of 600 samples it holds out fewer than 10; make fewer folds",
            Assert.Throws<SpecificationException>(() => new Fold(1, 100).Split(Toy.Set.Training.Examples)).Message
        );

    [Fact]
    public void A_fold_needs_something_held_out_and_no_probe()
    {
        RunSpec spec = Toy.Rules["backprop"].Spec("toy", [16], 1, []) with { Fold = "1/5" };
        Assert.Equal(
            "--fold 1/5: nothing is held out from the rule; use --hold-out true",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec with { HoldOutValidation = false })).Message
        );
        Assert.Equal(
            "--fold 1/5: probes hold out samples of their own; leave out --probe",
            Assert
                .Throws<SpecificationException>(() =>
                    Toy.Run(spec with { HoldOutValidation = true, Probes = ["ridge"] })
                )
                .Message
        );
    }
}
