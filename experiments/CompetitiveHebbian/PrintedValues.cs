namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>The numbers printed in the paper for MNIST, as printed. Random has no Gini.</summary>
internal static class PrintedValues
{
    /// <summary>The data set they are for.</summary>
    public const string DataSet = "mnist";

    /// <summary>Table 1: linear-probe accuracy in %, by rule, in the order of <see cref="PublishedProtocol.Widths"/>.</summary>
    public static readonly IReadOnlyDictionary<string, double[]> Table1 = new Dictionary<string, double[]>
    {
        ["random"] = [67.5, 84.4, 91.6, 84.0],
        ["competitive"] = [52.6, 54.8, 81.8, 93.6],
        ["softhebb"] = [55.4, 77.7, 90.6, 82.3],
        ["hebbnet"] = [49.0, 82.8, 91.4, 76.3],
    };

    /// <summary>Table 2: Gini coefficient at the start (about 100 steps) and the end of training, by rule, in the order of the widths.</summary>
    public static readonly IReadOnlyDictionary<string, (double Start, double End)[]> Table2 = new Dictionary<string, (double, double)[]>
    {
        ["competitive"] = [(.61, .12), (.92, .52), (.98, .91), (1.00, .90)],
        ["softhebb"] = [(.10, .14), (.09, .15), (.12, .17), (.40, .48)],
        ["hebbnet"] = [(.79, .73), (.80, .79), (.80, .80), (.80, .80)],
    };
}
