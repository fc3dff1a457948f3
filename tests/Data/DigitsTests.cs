using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Numerics;

namespace Reproduction.Tests.Data;

public class DigitsTests
{
    private const string Checksum = "abf60816d82bb7bb9d8eb6888954d81b3e63afbbc590510716dc9ef65ab01acc";

    private static readonly Lazy<DataSet> Set = new(Digits.Generate);

    internal static DataSet All => Set.Value;

    [Fact]
    public void The_set_is_the_same_on_every_machine()
    {
        // Changing how digits are drawn changes every result made from them: this constant makes that a decision.
        Assert.Equal(Checksum, All.Sha256);
        Assert.Equal(60_000, All.Training.Examples.Count);
        Assert.Equal(10_000, All.Test.Examples.Count);
    }

    [Fact]
    public void The_set_does_not_depend_on_the_number_of_threads()
    {
        byte[] one = new byte[784],
            again = new byte[784];
        Digits.Draw(RandomStream.Create(1, "x"), 3, one);
        Digits.Draw(RandomStream.Create(1, "x"), 3, again);
        Assert.Equal(one, again);
        ComputeThreads.Count = 3;
        Assert.Equal(Checksum, Digits.Generate().Sha256);
    }

    [Fact]
    public void Every_class_is_drawn_about_equally_often()
    {
        int[] counts =
        [
            .. Enumerable.Range(0, 10).Select(digit => All.Training.Examples.Labels.Count(label => label == digit)),
        ];
        Assert.All(counts, count => Assert.InRange(count, 5700, 6300));
    }

    [Fact]
    public void A_linear_classifier_finds_it_as_hard_as_MNIST_and_random_features_help()
    {
        double pixels = Ridge([]),
            random = Ridge([512]);
        Assert.InRange(pixels, 0.80, 0.92);
        Assert.True(random > pixels + 0.03, $"raw pixels {pixels}, 512 random units {random}");
    }

    private static double Ridge(int[] hidden)
    {
        RuleCatalog rules = RuleCatalog.BuiltIn();
        RunRecord record = new RunExecutor(rules).Execute(rules["random"].Spec(Digits.Id, hidden, 1, ["ridge"]), All);
        return record.Measures[MeasureNames.Probe("ridge", "testAccuracy")];
    }
}
