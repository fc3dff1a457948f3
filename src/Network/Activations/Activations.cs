using System.Collections.Concurrent;
using System.Globalization;

namespace Reproduction.Network;

/// <summary>Finds activations by their names.</summary>
public static class Activations
{
    private static readonly Activation[] BuiltIn =
    [
        new Identity(),
        PiecewiseLinear.Relu,
        new Triangle(),
        PiecewiseLinear.LeakyRelu(),
        PiecewiseLinear.XPlusRelu,
        new HyperbolicTangent(),
        new Softmax(),
        new SignedRelu(),
    ];

    private static readonly ConcurrentDictionary<string, Activation> Registered = new(StringComparer.Ordinal);

    /// <summary>
    /// Every name that <see cref="Parse"/> accepts. A leaky ReLU's slope may follow its name after a colon.
    /// </summary>
    public static IEnumerable<string> Names => All.Select(activation => activation.Name);

    /// <summary>The names of the invertible activations.</summary>
    public static IEnumerable<string> Invertible =>
        All.Where(activation => activation.IsInvertible).Select(activation => activation.Name);

    private static IEnumerable<Activation> All =>
        BuiltIn.Concat(Registered.OrderBy(own => own.Key, StringComparer.Ordinal).Select(own => own.Value));

    /// <summary>Makes an activation of a plugin available by its name.</summary>
    /// <returns>False if another class already has that name.</returns>
    public static bool Register(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return BuiltIn.All(own => own.Name != activation.Name)
            && Registered.GetOrAdd(activation.Name, activation).GetType().AssemblyQualifiedName
                == activation.GetType().AssemblyQualifiedName;
    }

    /// <summary>
    /// Returns the activation of that name. <c>leaky-relu:0.2</c> sets the slope, which must lie in (0, 1).
    /// </summary>
    /// <exception cref="ArgumentException">No activation has that name, or the slope is out of range.</exception>
    public static Activation Parse(string name)
    {
        const string leaky = "leaky-relu:";
        if (
            name.StartsWith(leaky, StringComparison.Ordinal)
            && float.TryParse(
                name.AsSpan(leaky.Length),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out float slope
            )
            && slope > 0f
            && slope < 1f
        )
        {
            return PiecewiseLinear.LeakyRelu(slope);
        }

        return All.FirstOrDefault(activation => activation.Name == name)
            ?? throw new ArgumentException(
                $"unknown activation '{name}'; there are: {string.Join(", ", Names)} (leaky-relu:SLOPE "
                    + "with a slope between 0 and 1)"
            );
    }
}
