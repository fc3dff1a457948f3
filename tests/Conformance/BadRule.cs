using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Conformance;

/// <summary>Hebb's rule with one breach of the contract.</summary>
internal sealed class BadRule(Breach breach) : ILearningRule
{
    private int steps;

    public Supervision Supervision =>
        breach == Breach.ChangesSupervision && steps > 0 ? Supervision.Target : Supervision.None;

    public Locality Locality => Locality.Layer;

    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) =>
        breach == Breach.LateralParameter
            ?
            [
                .. network
                    .Layers.Take(network.HiddenLayers)
                    .Select(
                        (layer, l) =>
                            new ParameterDeclaration(
                                $"lateral{l}",
                                layer.Outputs,
                                layer.Outputs,
                                ParameterDraw.Normal(0.1)
                            )
                            {
                                Layer = l,
                            }
                    ),
            ]
            : [];

    public object? CreateState(FeedForwardNetwork network, RandomStreams random) =>
        breach == Breach.RefusesAll || (breach == Breach.RefusesTwoLayers && network.HiddenLayers != 1)
            ? throw new ArgumentException("no")
        : breach == Breach.LateralState
            ? new Lateral
            {
                Weights =
                [
                    .. network
                        .Layers.Take(network.HiddenLayers)
                        .Select(layer => Enumerable.Repeat(0.1f, layer.Outputs * layer.Outputs).ToArray()),
                ],
            }
        : new Memory();

    public void Propose(LearningStep step, Proposal proposal)
    {
        Memory memory = step.State as Memory ?? new Memory();
        steps++;
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            Matrix<float> change = proposal.For(l).Weights;
            float left =
                breach == Breach.AddsToProposal ? change[0, 0]
                : breach == Breach.ReadsScratch ? record.Scratch("left")[0, 0]
                : 0f;
            Matrix<float> y = breach switch
            {
                Breach.LateralParameter => record.Output - (step.Parameters[$"lateral{l}"] * record.Output),
                Breach.LateralState => record.Output
                    - (
                        Matrix<float>.Build.Dense(
                            record.Output.RowCount,
                            record.Output.RowCount,
                            ((Lateral)step.State!).Weights[l]
                        ) * record.Output
                    ),
                _ => record.Output,
            };
            float columns = breach == Breach.SumsColumns ? 1 : record.Columns;
            (y * record.Normalized.Transpose() * (0.001f / columns)).CopyTo(change);
            change[0, 0] += breach switch
            {
                Breach.AmbientRandomness => Random.Shared.NextSingle(),
                Breach.SeedIgnored => 0f * (float)step.Random["noise"].NextDouble(),
                Breach.NotANumber when steps == 3 => float.NaN,
                Breach.ReadsTargets => step.Targets![0, 0],
                Breach.HiddenState => steps,
                Breach.LosesState => memory.Advance(),
                Breach.ReadsAbove => step.Forward.Output[0, 0],
                Breach.ReadsRecordBelow when l > 0 => step.Forward.Layers[0].PreActivation[0, 0],
                Breach.ReadsAboveLater => memory.Exchange(step.Forward.Output[0, 0]),
                Breach.ReadsBelow when l > 0 => step.Network.Layers[0].Weights[0, 0],
                _ => left,
            };
            if (breach == Breach.ReadsAboveForBias)
            {
                proposal.For(l).Bias.Clear();
                proposal.For(l).Bias[0] = step.Forward.Output[0, 0];
            }

            if (breach == Breach.WritesWeights)
            {
                step.Network.Layers[l].Weights[0, 0] += 1f;
            }
            else if (breach == Breach.WritesOutput)
            {
                record.Output[0, 0] += 1f;
            }
            else if (breach == Breach.NeedsTwoUnits)
            {
                change[1, 0] += 1f;
            }
        }
    }

    /// <summary>Weights between the units of each hidden layer.</summary>
    private sealed class Lateral
    {
        public required float[][] Weights { get; init; }
    }

    /// <summary>A state whose step count is not a public property.</summary>
    private sealed class Memory
    {
        private int steps;

        private float last;

        public float Advance() => steps++;

        public float Exchange(float value)
        {
            (float old, last) = (last, value);
            return old;
        }
    }
}
