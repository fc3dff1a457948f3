using System.Globalization;
using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Training;

/// <summary>The only training loop, used for every rule and for probes that are trained step by step.</summary>
public sealed class Trainer
{
    private readonly FeedForwardNetwork network;
    private readonly ILearningRule rule;
    private readonly Examples examples;
    private readonly TrainingPlan plan;
    private readonly RandomStreams random;
    private readonly IReadOnlyList<ITrainingObserver> observers;
    private readonly NetworkOptimizer optimizer;
    private readonly Proposal proposal;
    private readonly object? state;
    private readonly Dictionary<int, Batch> batches = [];
    private readonly int[] order;
    private readonly float[][] norms;
    private readonly float[]?[] stepNorms;
    private int steps;
    private long multiplyAdds;
    private long samples;

    /// <param name="network">The network, which is trained in place.</param>
    /// <param name="random">The random streams. Training uses <c>shuffle</c> and <c>dropout</c>, and those that the
    /// rule asks for.</param>
    /// <exception cref="SpecificationException">The rule refuses the network.</exception>
    /// <exception cref="RuleFailureException">The rule broke down.</exception>
    public Trainer(
        FeedForwardNetwork network,
        ILearningRule rule,
        TrainingSplit data,
        TrainingPlan plan,
        RandomStreams random,
        IReadOnlyList<ITrainingObserver> observers
    )
    {
        this.network = network;
        this.rule = rule;
        examples = data.Examples;
        this.plan = plan;
        this.random = random;
        this.observers = observers;
        optimizer = new NetworkOptimizer(network, plan.Optimizer, plan.LearningRate, plan.Constraint);
        proposal = new Proposal(network);
        order = new int[examples.Count];
        norms = [.. network.Layers.Select(layer => new float[layer.Outputs])];
        stepNorms = new float[]?[norms.Length];
        try
        {
            state = rule.CreateState(network);
        }
        catch (ArgumentException exception)
        {
            throw new SpecificationException(
                $"rule {RuleFailureException.NameOf(rule)}: {exception.Message.ReplaceLineEndings(" ")}",
                exception
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new RuleFailureException(rule, "before the first step", exception);
        }
    }

    /// <summary>Runs all epochs of the plan.</summary>
    /// <param name="progress">Receives the share of the training that is done, in [0, 1].</param>
    public TrainingOutcome Run(Action<double>? progress = null, CancellationToken cancellation = default)
    {
        for (int epoch = 0; epoch < plan.Epochs; epoch++)
        {
            if (RunEpoch(share => progress?.Invoke((epoch + share) / plan.Epochs), cancellation) is { } divergence)
            {
                return Outcome(divergence);
            }

            foreach (ITrainingObserver observer in observers)
            {
                observer.AfterEpoch(steps, network);
            }
        }

        return Outcome(
            FirstNonFiniteLayer() is { } broken
                ? $"the weights or biases of layer {broken + 1} are no longer finite numbers"
                : null
        );
    }

    /// <summary>Runs one epoch.</summary>
    /// <returns>Null if all went well, else what stopped being a finite number; the step in question is not
    /// applied.</returns>
    public string? RunEpoch(Action<double>? progress = null, CancellationToken cancellation = default)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Combinatorics.SelectPermutationInplace(order, random["shuffle"]);
        for (int start = 0; start < order.Length; start += plan.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            Batch batch = BatchOf(order.AsMemory(start, Math.Min(plan.Batch, order.Length - start)));
            long before = SimdLinearAlgebraProvider.MultiplyAddsOfThisThread;
            network.Forward(batch.Inputs, batch.Forward, random["dropout"]);
            batch.MeasureErrors();
            proposal.Reset();
            steps++;
            try
            {
                rule.Propose(batch.Step, proposal);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new RuleFailureException(
                    rule,
                    string.Create(CultureInfo.InvariantCulture, $"at step {steps}"),
                    exception
                );
            }

            multiplyAdds += SimdLinearAlgebraProvider.MultiplyAddsOfThisThread - before;
            samples += batch.Samples;
            if (MeasureSteps() is { } layer)
            {
                return $"the proposed step of layer {layer + 1} is no longer a finite number";
            }

            foreach (ITrainingObserver observer in observers)
            {
                observer.BeforeStep(steps, network, batch.Forward, batch.Targets, proposal);
            }

            if (!plan.IsFrozen)
            {
                optimizer.Apply(proposal);
            }

            foreach (ITrainingObserver observer in observers)
            {
                observer.OnStep(steps, network, proposal, stepNorms);
            }

            if (steps % 64 == 0)
            {
                progress?.Invoke(start / (double)order.Length);
            }
        }

        return null;
    }

    private TrainingOutcome Outcome(string? divergence) =>
        new(steps, divergence) { MultiplyAddsPerSample = samples > 0 ? multiplyAdds / (double)samples : null };

    private Batch BatchOf(ReadOnlyMemory<int> indices)
    {
        if (!batches.TryGetValue(indices.Length, out Batch? batch))
        {
            batches[indices.Length] = batch = new Batch(network, indices.Length, rule.Supervision, state, random);
        }

        batch.Fill(examples, indices);
        return batch;
    }

    /// <summary>Fills the step norms; returns the index of the first layer whose step is not finite, or null.</summary>
    private int? MeasureSteps()
    {
        for (int l = 0; l < stepNorms.Length; l++)
        {
            stepNorms[l] = null;
            if (proposal[l] is { } change)
            {
                Rows.Norms(change.Weights, norms[l]);
                stepNorms[l] = norms[l];
                if (!float.IsFinite(TensorPrimitives.Sum<float>(norms[l])))
                {
                    return l;
                }
            }
        }

        return null;
    }

    private int? FirstNonFiniteLayer()
    {
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (
                !TensorPrimitives.IsFiniteAll<float>(network.Layers[l].Weights.AsColumnMajorArray())
                || !TensorPrimitives.IsFiniteAll<float>(network.Layers[l].Bias.AsArray())
            )
            {
                return l;
            }
        }

        return null;
    }

    /// <summary>Buffers for batches of one size.</summary>
    private sealed class Batch
    {
        public Batch(
            FeedForwardNetwork network,
            int samples,
            Supervision supervision,
            object? state,
            RandomStreams random
        )
        {
            Inputs = Matrix<float>.Build.Dense(network.Inputs, samples);
            Targets = Matrix<float>.Build.Dense(network.Outputs, samples);
            Forward = network.CreateRecord(samples);
            Step = new LearningStep(network, Forward, supervision == Supervision.Target ? Targets : null, state, random)
            {
                Errors = supervision == Supervision.ScalarError ? new float[samples] : null,
            };
        }

        public Matrix<float> Inputs { get; }

        public int Samples => Inputs.ColumnCount;

        public ForwardRecord Forward { get; }

        /// <summary>
        /// The targets of the batch, outputs × samples. Observers see them; a rule sees them only if it has declared
        /// so.
        /// </summary>
        public Matrix<float> Targets { get; }

        /// <summary>What a rule with this supervision may see after the forward pass.</summary>
        public LearningStep Step { get; }

        public void Fill(Examples examples, ReadOnlyMemory<int> indices)
        {
            examples.Gather(indices, Inputs);
            examples.GatherTargets(indices, Targets);
        }

        /// <summary>Computes β = Σ_o (y_o − t_o) for each sample, for rules that learn from it.</summary>
        public void MeasureErrors()
        {
            if (Step.Errors is not { } errors)
            {
                return;
            }

            float[] y = Forward.Output.AsColumnMajorArray(),
                t = Targets.AsColumnMajorArray();
            int outputs = y.Length / errors.Length;
            Array.Clear(errors);
            for (int i = 0; i < y.Length; i++)
            {
                errors[i / outputs] += y[i] - t[i];
            }
        }
    }
}
