using System.Globalization;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// The names of layers in a mixed rule: <c>hidden1</c> or <c>layer1</c>, …; <c>hidden</c> for every hidden layer that
/// is not named itself; <c>output</c>.
/// </summary>
internal static class LayerNames
{
    /// <summary>The name of all hidden layers.</summary>
    public const string Hidden = "hidden";

    /// <summary>The name of the output layer.</summary>
    public const string Output = "output";

    private const string Layer = "layer";

    /// <summary>Returns the name in its first spelling, or null if it is no layer's name.</summary>
    public static string? Canonical(string name)
    {
        string first = name.StartsWith(Layer, StringComparison.Ordinal) ? Hidden + name[Layer.Length..] : name;
        return first is Hidden or Output || Number(first) > 0 ? first : null;
    }

    /// <summary>The number in <c>hidden3</c>; 0 if the name has none.</summary>
    public static int Number(string name) =>
        name.StartsWith(Hidden, StringComparison.Ordinal)
        && int.TryParse(name[Hidden.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number is >= 1 and <= RunSpec.MostLayers
            ? number
            : 0;

    /// <summary>The place of a name among others: all hidden layers, the hidden layers in order, the output.</summary>
    public static int Order(string name) => name == Output ? int.MaxValue : Number(name);

    /// <summary>
    /// Returns the index of the name under which a layer stands: its own, else that of all hidden layers; null if it is
    /// named in neither way.
    /// </summary>
    /// <param name="layer">The index of the layer; 0 is the first.</param>
    /// <param name="hidden">The number of hidden layers.</param>
    public static int? IndexOf(IReadOnlyList<string> names, int layer, int hidden)
    {
        int? shared = null;
        for (int i = 0; i < names.Count; i++)
        {
            if (layer == hidden ? names[i] == Output : Number(names[i]) == layer + 1)
            {
                return i;
            }

            if (layer < hidden && names[i] == Hidden)
            {
                shared = i;
            }
        }

        return shared;
    }
}
