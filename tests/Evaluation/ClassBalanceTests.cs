using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Tests.Evaluation;

public sealed class ClassBalanceTests
{
    [Fact]
    public void Unbalanced_classes_are_said_with_the_share_of_the_largest_and_balanced_accuracy()
    {
        Assert.Null(ClassBalance.Note(Toy.Set));

        // 150 of 200 test samples are of class 1, 30 of class 0 and 20 of class 2.
        Examples test = Toy.Set.Test.Examples;
        int[] labels =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(j =>
                    j < 150 ? 1
                    : j < 180 ? 0
                    : 2
                ),
        ];
        DataSet unbalanced = Toy.Set with { Test = new TestSplit(new Examples(test.Inputs, labels, 3)) };
        string[] lines = [.. ClassBalance.Lines(Toy.Run(Toy.Spec("random", "ridge"), unbalanced), unbalanced)];
        Assert.Equal(
            "classes are unbalanced: always naming 1 is right for 75.0 % of the test samples",
            ClassBalance.Note(unbalanced)
        );
        Assert.Equal(ClassBalance.Note(unbalanced), lines[0]);
        RunRecord record = Toy.Run(Toy.Spec("random", "ridge"), unbalanced);
        double balanced = Enumerable
            .Range(0, 3)
            .Average(k =>
                Enumerable
                    .Range(0, 200)
                    .Where(j => labels[j] == k)
                    .Average(j => (record.Correct["ridge"][j / 8] >> (j % 8)) & 1)
            );
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"ridge: balanced accuracy {100 * balanced:0.0} %"),
            lines[1]
        );

        // Two of three of class 0 and none of class 1 are right: the mean of 2/3 and 0.
        Assert.Equal(1.0 / 3, ClassBalance.BalancedAccuracy([0b00011], [0, 0, 0, 1, 1]), 1e-12);
    }

    [Fact]
    public void A_regression_has_no_classes() => Assert.Null(ClassBalance.Note(RobotArm.Generate(isNoisy: false)));
}
