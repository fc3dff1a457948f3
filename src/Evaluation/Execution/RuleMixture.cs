using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Execution;

/// <summary>
/// Lets several rules train one network, each its own layers: every part reads the whole forward pass and sees no more
/// than it declares; of what it proposes, its own layers and its own parameters are taken.
/// </summary>
/// <param name="parts">The layers of each part by their name, and its rule; from the lowest to the highest.</param>
internal sealed class RuleMixture(IReadOnlyList<(string Layers, ILearningRule Rule)> parts) : ILearningRule
{
    private readonly string[] names = [.. parts.Select(part => part.Layers)];

    /// <summary>The most that a part may see.</summary>
    public Supervision Supervision => parts.Max(part => part.Rule.Supervision);

    /// <inheritdoc/>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return
        [
            .. from part in parts
            from declared in part.Rule.Parameters(network)
            select declared with
            {
                Name = Prefix(part.Layers) + declared.Name,
                Layer = declared.Layer ?? LowestLayer(network, part.Layers),
            },
        ];
    }

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(random);
        return parts.Select(part => PartState.Of(part.Layers, part.Rule, network, random)).ToArray();
    }

    /// <inheritdoc/>
    public override string ToString() => $"mixed over {string.Join(", ", names)}";

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(proposal);
        PartState[] states = (PartState[])step.State!;
        for (int p = 0; p < parts.Count; p++)
        {
            (string layers, ILearningRule rule) = parts[p];
            RuleParameters own = states[p].Parameters ??= step.Parameters.Within(Prefix(layers));
            Proposal proposed = states[p].Proposal ??= new Proposal(step.Network, own);
            proposed.Reset();
            rule.Propose(
                step with
                {
                    State = states[p].State,
                    Random = states[p].Random,
                    Parameters = own,
                    Targets = rule.Supervision == Supervision.Target ? step.Targets : null,
                    Errors = rule.Supervision == Supervision.ScalarError ? step.Errors ?? ErrorsOf(step) : null,
                    Progress = step.Progress with
                    {
                        LearningRate = step.LearningRates[LowestLayer(step.Network, layers)] * step.Progress.RateShare,
                    },
                },
                proposed
            );
            Take(step.Network, layers, proposed, own, proposal);
        }
    }

    private static string Prefix(string layers) => $"{layers}.";

    private void Take(
        FeedForwardNetwork network,
        string layers,
        Proposal proposed,
        RuleParameters own,
        Proposal proposal
    )
    {
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (NameOf(network, l) == layers && proposed[l] is { } change)
            {
                proposal.For(l).CopyFrom(change);
            }
        }

        foreach (ParameterDeclaration declared in own.Declarations)
        {
            bool isOwn = declared.Layer is not { } served || NameOf(network, served) == layers;
            if (isOwn && proposed[declared.Name] is { } change)
            {
                change.CopyTo(proposal.For(Prefix(layers) + declared.Name));
            }
        }

        foreach ((string name, double value) in proposed.Notes)
        {
            proposal.Note(Prefix(layers) + name, value);
        }

        proposal.Loss = proposed.Loss ?? proposal.Loss;
    }

    /// <summary>The name under which a layer stands among the parts, or null if no part trains it.</summary>
    private string? NameOf(FeedForwardNetwork network, int layer) =>
        LayerNames.IndexOf(names, layer, network.HiddenLayers) is { } index ? names[index] : null;

    /// <summary>The index of the lowest layer of a part.</summary>
    private int LowestLayer(FeedForwardNetwork network, string layers) =>
        Enumerable.Range(0, network.Layers.Count).FirstOrDefault(layer => NameOf(network, layer) == layers);

    /// <summary>Σ_o (y_o − t_o) of each sample.</summary>
    private static float[] ErrorsOf(LearningStep step) => [.. (step.Forward.Output - step.Targets!).ColumnSums()];

    /// <summary>What is kept of a part between batches.</summary>
    private sealed class PartState(object? state, RandomStreams random)
    {
        public object? State { get; } = state;

        /// <summary>The streams of the part: those of two parts with the same rule differ.</summary>
        public RandomStreams Random { get; } = random;

        public RuleParameters? Parameters { get; set; }

        public Proposal? Proposal { get; set; }

        public static PartState Of(string layers, ILearningRule rule, FeedForwardNetwork network, RandomStreams random)
        {
            RandomStreams own = random.Within(layers);
            try
            {
                return new PartState(rule.CreateState(network, own), own);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"{layers}: {exception.Message}", exception);
            }
        }
    }
}
