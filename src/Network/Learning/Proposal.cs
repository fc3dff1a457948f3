using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// The change of the weights that a rule proposes, layer by layer, and of the rule's own parameters, per unit of
/// learning rate. For gradient descent it is minus the gradient.
/// </summary>
public sealed class Proposal
{
    private readonly LayerProposal[] layers;
    private readonly Dictionary<string, ParameterChange> parameters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> notes = new(StringComparer.Ordinal);

    /// <param name="own">The rule's own parameters; null for none.</param>
    public Proposal(FeedForwardNetwork network, RuleParameters? own = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        layers = [.. network.Layers.Select(layer => new LayerProposal(layer))];
        foreach (ParameterDeclaration declared in own?.Declarations ?? [])
        {
            parameters[declared.Name] = new ParameterChange(declared);
        }
    }

    /// <summary>The loss that the rule descends, averaged over the batch; null if the rule descends no loss.</summary>
    public double? Loss { get; set; }

    /// <summary>
    /// Further numbers that the rule reports about the batch, by name. They are recorded as curves and means.
    /// </summary>
    public IReadOnlyDictionary<string, double> Notes => notes;

    /// <summary>Reports a number. Infinite values and NaN are left out.</summary>
    /// <param name="name">The number's name, in camel case.</param>
    public void Note(string name, double value)
    {
        if (double.IsFinite(value))
        {
            notes[name] = value;
        }
    }

    /// <summary>
    /// The intermediate results of the proposal, for instruments that know the rule; null if the rule exposes none.
    /// They are never stored.
    /// </summary>
    public object? Workings { get; set; }

    /// <summary>The number of layers of the network.</summary>
    public int Layers => layers.Length;

    /// <summary>
    /// Returns the buffers of one layer, which the rule must overwrite completely. The call marks the layer as changed.
    /// </summary>
    /// <param name="layer">The layer's index; 0 is the first layer.</param>
    public LayerProposal For(int layer)
    {
        layers[layer].IsProposed = true;
        return layers[layer];
    }

    /// <summary>
    /// Returns the buffer for the change of one of the rule's own parameters, which the rule must overwrite completely.
    /// The call marks the parameter as changed.
    /// </summary>
    /// <exception cref="ArgumentException">The rule declared no parameter of that name.</exception>
    public Matrix<float> For(string parameter)
    {
        if (!parameters.TryGetValue(parameter, out ParameterChange? found))
        {
            throw new ArgumentException(
                $"there is no parameter '{parameter}'; declared are: "
                    + string.Join(", ", parameters.Keys.DefaultIfEmpty("none"))
            );
        }

        found.IsProposed = true;
        return found.Matrix;
    }

    /// <summary>The layer's proposal, or null if the rule left the layer alone.</summary>
    public LayerProposal? this[int layer] => layers[layer].IsProposed ? layers[layer] : null;

    /// <summary>The change of one of the rule's own parameters, or null if the rule left it alone.</summary>
    public Matrix<float>? this[string parameter] =>
        parameters.TryGetValue(parameter, out ParameterChange? found) && found.IsProposed ? found.Matrix : null;

    /// <summary>Withdraws the change of a layer, which then stays as it is.</summary>
    public void Withdraw(int layer) => layers[layer].IsProposed = false;

    /// <summary>Withdraws the change of one of the rule's own parameters.</summary>
    public void Withdraw(string parameter) => parameters[parameter].IsProposed = false;

    /// <summary>Forgets the last batch's proposal.</summary>
    public void Reset()
    {
        Loss = null;
        Workings = null;
        notes.Clear();
        foreach (LayerProposal layer in layers)
        {
            layer.Reset();
        }

        foreach (ParameterChange parameter in parameters.Values)
        {
            parameter.IsProposed = false;
        }
    }

    private sealed class ParameterChange(ParameterDeclaration declared)
    {
        public Matrix<float> Matrix { get; } = Matrix<float>.Build.Dense(declared.Rows, declared.Columns);

        public bool IsProposed { get; set; }
    }
}
