using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Conformance;

/// <summary>A rule whose own inference has one breach of the contract.</summary>
internal sealed class BadInference(Breach breach) : IInferringRule
{
    private int settled;

    public Supervision Supervision => Supervision.None;

    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    public void Settle(FeedForwardNetwork network, RuleParameters parameters, Matrix<float> input, ForwardRecord record)
    {
        network.Forward(input, record);
        Matrix<float> first = record.Layers[0].Output;
        switch (breach)
        {
            case Breach.MixesSamples:
                first.SetColumn(0, first.RowSums());
                break;
            case Breach.RemembersInObject:
                first[0, 0] += settled++;
                break;
            case Breach.WritesWhileInferring:
                network.Layers[0].Weights[0, 0] += 1f;
                break;
        }
    }

    public void Propose(LearningStep step, Proposal proposal)
    {
        LayerRecord record = step.Forward.Layers[0];
        (record.Output * record.Normalized.Transpose() * (0.001f / record.Columns)).CopyTo(proposal.For(0).Weights);
    }
}
