using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Conformance;

/// <summary>A training of a few steps that can be looked into: forward, propose, apply.</summary>
internal sealed class ConformanceRun
{
    private readonly IReadOnlyList<(Matrix<float> Inputs, Matrix<float> Targets)> batches;
    private readonly NetworkOptimizer optimizer;

    /// <param name="create">Makes the rule.</param>
    /// <param name="seed">Of everything: initial weights, data, and what the rule draws.</param>
    /// <param name="ruleSeed">Of what the rule draws alone.</param>
    /// <param name="learningRate">Null for the rule's own.</param>
    public ConformanceRun(
        ConformanceCase at,
        LearningRuleAttribute attribute,
        Func<ILearningRule> create,
        long seed,
        long? ruleSeed = null,
        double? learningRate = null
    )
    {
        Rule = create();
        Network = at.Network(attribute, Rule.Supervision, seed);
        batches =
            attribute.Batch == 0
                ? (at with { Batch = at.Samples }).Batches(Network.Outputs, seed)
                : at.Batches(Network.Outputs, seed);
        Random = new RandomStreams(ruleSeed ?? seed);
        optimizer = new NetworkOptimizer(
            Network,
            learningRate == 0 ? OptimizerKind.Sgd : attribute.Optimizer,
            learningRate ?? attribute.LearningRate,
            learningRate == 0 ? WeightConstraint.None : attribute.Constraint
        );
        Proposal = new Proposal(Network);
        State = Rule.CreateState(Network);
    }

    public ILearningRule Rule { get; set; }

    public object? State { get; set; }

    public FeedForwardNetwork Network { get; }

    public RandomStreams Random { get; }

    public Proposal Proposal { get; }

    /// <summary>What the rule noted, and its loss, step by step.</summary>
    public string Trace { get; private set; } = "";

    /// <summary>How many steps were made.</summary>
    public int Steps { get; private set; }

    /// <summary>The batch of the next step, passed forward.</summary>
    public LearningStep Forward()
    {
        (Matrix<float> inputs, Matrix<float> targets) = batches[Steps % batches.Count];
        ForwardRecord record = Network.CreateRecord(inputs.ColumnCount);
        Network.Forward(inputs, record, Random["dropout"]);
        Supervision supervision = Rule.Supervision;
        return new LearningStep(
            Network,
            record,
            supervision == Supervision.Target ? targets.Clone() : null,
            State,
            Random
        )
        {
            Errors = supervision == Supervision.ScalarError ? [.. (record.Output - targets).ColumnSums()] : null,
        };
    }

    /// <summary>
    /// Has the rule propose. What it may not read, buffers that it is to overwrite and scratch whose content is
    /// undefined, is no number before.
    /// </summary>
    public void Propose(LearningStep step)
    {
        for (int l = 0; l < Proposal.Layers; l++)
        {
            LayerProposal buffers = Proposal.For(l);
            buffers.Weights.AsColumnMajorArray().AsSpan().Fill(float.NaN);
            buffers.Bias.AsArray().AsSpan().Fill(float.NaN);
            LayerRecord record = step.Forward.Layers[l];
            foreach (
                float[] scratch in (float[][])
                    [
                        record.Scratch.AsColumnMajorArray(),
                        record.SecondScratch.AsColumnMajorArray(),
                        record.UnitScratch,
                        record.SecondUnitScratch,
                    ]
            )
            {
                scratch.AsSpan().Fill(float.NaN);
            }
        }

        Proposal.Reset();
        Rule.Propose(step, Proposal);
        Trace += string.Create(
            CultureInfo.InvariantCulture,
            $"{Proposal.Loss:R} "
                + $"{string.Join(' ', Proposal.Notes.Values.Select(note => note.ToString("R", CultureInfo.InvariantCulture)))}\n"
        );
    }

    /// <summary>Steps from here on.</summary>
    public ConformanceRun Train(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Propose(Forward());
            optimizer.Apply(Proposal);
            Steps++;
        }

        return this;
    }
}
