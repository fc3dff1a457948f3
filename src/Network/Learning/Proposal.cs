namespace Reproduction.Network;

/// <summary>
/// The change of weights a rule wants, layer by layer, per unit of learning rate. For gradient descent: minus the
/// gradient.
/// </summary>
public sealed class Proposal
{
    private readonly LayerProposal[] layers;
    private readonly SortedDictionary<string, double> notes = new(StringComparer.Ordinal);

    public Proposal(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        layers = [.. network.Layers.Select(layer => new LayerProposal(layer))];
    }

    /// <summary>The mean loss of the batch that the rule descends, if it descends one.</summary>
    public double? Loss { get; set; }

    /// <summary>What else the rule wants to be known of this batch, by name: recorded as curves and means.</summary>
    public IReadOnlyDictionary<string, double> Notes => notes;

    /// <summary>Notes a number; what is not finite is left out.</summary>
    /// <param name="name">In camel case.</param>
    public void Note(string name, double value)
    {
        if (double.IsFinite(value))
        {
            notes[name] = value;
        }
    }

    /// <summary>How many layers the network has.</summary>
    public int Layers => layers.Length;

    /// <summary>
    /// The buffers of one layer, to be overwritten whole. Asking for them says that the layer is to change.
    /// </summary>
    /// <param name="layer">0 is the layer that sees the input.</param>
    public LayerProposal For(int layer)
    {
        layers[layer].IsProposed = true;
        return layers[layer];
    }

    /// <summary>The layer's proposal, or null if the rule left the layer alone.</summary>
    public LayerProposal? this[int layer] => layers[layer].IsProposed ? layers[layer] : null;

    /// <summary>Forgets the last batch's proposal.</summary>
    public void Reset()
    {
        Loss = null;
        notes.Clear();
        foreach (LayerProposal layer in layers)
        {
            layer.IsProposed = false;
            layer.ChangesBias = false;
        }
    }
}
