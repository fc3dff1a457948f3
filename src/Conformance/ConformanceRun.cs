using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Conformance;

/// <summary>A training run of a few steps whose stages (forward, propose, apply) can be inspected.</summary>
internal sealed class ConformanceRun
{
    private readonly IReadOnlyList<(Matrix<float> Inputs, Matrix<float> Targets)> batches;
    private readonly NetworkOptimizer optimizer;
    private readonly double rate;

    /// <param name="create">Makes the rule.</param>
    /// <param name="seed">Seed of the initial weights, the data and the random streams.</param>
    /// <param name="ruleSeed">Seed of the random streams from which the rule draws; null for
    /// <paramref name="seed"/>.</param>
    /// <param name="learningRate">The learning rate; null for the rule's default.</param>
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
        Inference = new NetworkInference(Network, Rule, RuleParameters.Draw(Rule, Network, Random));
        Proposal = new Proposal(Network, Inference.Parameters);
        State = Rule.CreateState(Network, Random);
        rate = learningRate ?? attribute.LearningRate;
        OptimizerSettings settings = new(
            learningRate == 0 ? OptimizerKind.Sgd : attribute.Optimizer,
            rate,
            learningRate == 0 ? WeightConstraint.None : attribute.Constraint
        );
        optimizer = new NetworkOptimizer(Network, Inference.Parameters, _ => settings);
    }

    public ILearningRule Rule { get; set; }

    public object? State { get; set; }

    public FeedForwardNetwork Network { get; }

    /// <summary>How the network's activity comes about, with the rule's own parameters.</summary>
    public NetworkInference Inference { get; }

    public RandomStreams Random { get; }

    public Proposal Proposal { get; }

    /// <summary>The rule's loss and notes, one line per step.</summary>
    public string Trace { get; private set; } = "";

    /// <summary>The number of training steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>The inputs of the next batch.</summary>
    public Matrix<float> Inputs => batches[Steps % batches.Count].Inputs;

    /// <summary>Passes the next batch forward and returns what the rule may see of it.</summary>
    /// <param name="isDoubled">Whether the batch is given twice.</param>
    public LearningStep Forward(bool isDoubled = false)
    {
        (Matrix<float> inputs, Matrix<float> targets) = batches[Steps % batches.Count];
        (inputs, targets) = isDoubled ? (inputs.Append(inputs), targets.Append(targets)) : (inputs, targets);
        ForwardRecord record = Network.CreateRecord(inputs.ColumnCount);
        Inference.Settle(inputs, record, Random["dropout"]);
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
            Parameters = Inference.Parameters,
            LearningRates = [.. Network.Layers.Select(_ => rate)],
            Progress = new StepProgress(
                Steps + 1,
                batches.Count,
                (Steps / batches.Count) + 1,
                (Steps / batches.Count) + 2,
                rate
            ),
        };
    }

    /// <summary>
    /// Lets the rule propose a change. The buffers that the rule must overwrite are filled with NaN before the call;
    /// the scratch buffers of a new record also hold NaN.
    /// </summary>
    public void Propose(LearningStep step)
    {
        for (int l = 0; l < Proposal.Layers; l++)
        {
            LayerProposal buffers = Proposal.For(l);
            buffers.Weights.AsColumnMajorArray().AsSpan().Fill(float.NaN);
            buffers.Bias.AsArray().AsSpan().Fill(float.NaN);
        }

        foreach (ParameterDeclaration declared in Inference.Parameters.Declarations)
        {
            Proposal.For(declared.Name).AsColumnMajorArray().AsSpan().Fill(float.NaN);
        }

        Proposal.Reset();
        Rule.Propose(step, Proposal);
        Trace += string.Create(
            CultureInfo.InvariantCulture,
            $"{Proposal.Loss:R} " + $"{string.Join(' ', Proposal.Notes.Values.Select(Number))}\n"
        );
    }

    private static string Number(double note) => note.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Trains for some more steps.</summary>
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
