namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// The numbers printed in the paper, as printed, by data set and rule name, in the order of
/// <see cref="PublishedProtocol.Widths"/>.
/// </summary>
internal static class PrintedValues
{
    public const string Mnist = "mnist";
    public const string Cifar10 = "cifar10";

    /// <summary>Table 1: linear-probe accuracy in %.</summary>
    private static readonly Dictionary<(string DataSet, string Rule), double[]> Accuracies = new()
    {
        [(Mnist, "Random projections")] = [67.5, 84.4, 91.6, 84.0],
        [(Mnist, "Competitive")] = [52.6, 54.8, 81.8, 93.6],
        [(Mnist, "SoftHebb")] = [55.4, 77.7, 90.6, 82.3],
        [(Mnist, "HebbNet")] = [49.0, 82.8, 91.4, 76.3],
        [(Cifar10, "Random projections")] = [21.9, 30.0, 34.2, 16.3],
        [(Cifar10, "Competitive")] = [10.0, 10.0, 10.0, 10.1],
        [(Cifar10, "SoftHebb")] = [19.0, 31.8, 27.0, 21.1],
        [(Cifar10, "HebbNet")] = [21.4, 28.0, 33.2, 28.1],
        [(Cifar10, "Competitive + Triangle")] = [22.9, 12.4, 10.0, 10.5],
    };

    /// <summary>Table 2: Gini coefficient at the start (about 100 steps) and the end of training.</summary>
    private static readonly Dictionary<(string DataSet, string Rule), (double Start, double End)[]> Ginis = new()
    {
        [(Mnist, "Competitive")] = [(.61, .12), (.92, .52), (.98, .91), (1.00, .90)],
        [(Mnist, "SoftHebb")] = [(.10, .14), (.09, .15), (.12, .17), (.40, .48)],
        [(Mnist, "HebbNet")] = [(.79, .73), (.80, .79), (.80, .80), (.80, .80)],
        [(Cifar10, "Competitive")] = [(.62, .42), (.93, .28), (.99, .78), (1.00, .96)],
        [(Cifar10, "SoftHebb")] = [(.06, .11), (.05, .12), (.05, .13), (.08, .14)],
        [(Cifar10, "HebbNet")] = [(.79, .79), (.80, .80), (.80, .80), (.80, .80)],
    };

    /// <summary>The printed accuracy in %; null where nothing is printed.</summary>
    public static double? Accuracy(string dataSet, PaperRule rule, int width) =>
        Accuracies.TryGetValue((dataSet, rule.Name), out double[]? values)
            ? values[Array.IndexOf(PublishedProtocol.Widths, width)]
            : null;

    /// <summary>The printed Gini coefficients; null where nothing is printed.</summary>
    public static (double Start, double End)? Gini(string dataSet, PaperRule rule, int width) =>
        Ginis.TryGetValue((dataSet, rule.Name), out (double, double)[]? values)
            ? values[Array.IndexOf(PublishedProtocol.Widths, width)]
            : null;
}
