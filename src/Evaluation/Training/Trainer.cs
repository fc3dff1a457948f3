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
    private readonly NetworkInference inference;
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
    private readonly ParameterDeclaration[] parameters;
    private readonly double[] rates;
    private readonly float[][] norms;
    private readonly float[]?[] stepNorms;
    private int steps;
    private int stepsBefore;
    private int epoch;
    private int? phase;
    private bool isIdle;
    private long multiplyAdds;
    private long samples;

    /// <param name="inference">The network, which is trained in place, with its rule and the rule's
    /// parameters.</param>
    /// <param name="random">The random streams. Training uses <c>shuffle</c> and <c>dropout</c>, and those that the
    /// rule asks for.</param>
    /// <exception cref="SpecificationException">The rule refuses the network.</exception>
    /// <exception cref="RuleFailureException">The rule broke down.</exception>
    public Trainer(
        NetworkInference inference,
        TrainingSplit data,
        TrainingPlan plan,
        RandomStreams random,
        IReadOnlyList<ITrainingObserver> observers
    )
    {
        this.inference = inference;
        network = inference.Network;
        rule = inference.Rule;
        examples = data.Examples;
        this.plan = plan;
        this.random = random;
        this.observers = observers;
        optimizer = new NetworkOptimizer(network, inference.Parameters, plan.Settings);
        proposal = new Proposal(network, inference.Parameters);
        parameters = [.. inference.Parameters.Declarations];
        rates = [.. network.Layers.Select((_, layer) => plan.Settings(layer).LearningRate)];
        order = new int[examples.Count];
        norms = [.. network.Layers.Select(layer => new float[layer.Outputs])];
        stepNorms = new float[]?[norms.Length];
        state = RuleFailureException.BeforeTraining(rule, () => rule.CreateState(network, random));
    }

    /// <summary>Runs all epochs of the plan.</summary>
    /// <param name="progress">Receives the share of the training that is done, in [0, 1].</param>
    public TrainingOutcome Run(Action<double>? progress = null, CancellationToken cancellation = default)
    {
        int phases = plan.IsLayerwise ? network.Layers.Count : 1;
        for (int p = 0; p < phases; p++)
        {
            (phase, epoch, stepsBefore, isIdle) = (plan.IsLayerwise ? p : null, 0, steps, false);
            while (epoch < plan.Epochs && !isIdle)
            {
                double done = (p * plan.Epochs) + epoch;
                if (
                    RunEpoch(share => progress?.Invoke((done + share) / (phases * plan.Epochs)), cancellation) is
                    { } divergence
                )
                {
                    return Outcome(divergence);
                }

                foreach (ITrainingObserver observer in isIdle ? [] : observers)
                {
                    observer.AfterEpoch(steps, network);
                }
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

        epoch++;
        int stepsPerEpoch = (order.Length + plan.Batch - 1) / plan.Batch;
        Combinatorics.SelectPermutationInplace(order, random["shuffle"]);
        for (int start = 0; start < order.Length; start += plan.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            Batch batch = BatchOf(order.AsMemory(start, Math.Min(plan.Batch, order.Length - start)));
            long before = SimdLinearAlgebraProvider.MultiplyAddsOfThisThread;
            proposal.Reset();
            steps++;
            StepProgress now = new(steps - stepsBefore, stepsPerEpoch, epoch, Math.Max(plan.Epochs, epoch), 0);
            double share = plan.Schedule.At(now.Share, epoch);
            batch.Step.Progress = now with { LearningRate = rates[phase ?? 0] * share, RateShare = share };
            try
            {
                inference.Settle(batch.Inputs, batch.Forward, random["dropout"]);
                batch.MeasureErrors();
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

            if (plan.IsOutputFixed)
            {
                WithdrawLayer(network.Layers.Count - 1);
            }

            multiplyAdds += SimdLinearAlgebraProvider.MultiplyAddsOfThisThread - before;
            samples += batch.Samples;
            if (phase is { } learning && !KeepOnly(learning) && steps - stepsBefore == 1)
            {
                // The rule leaves this layer as it was drawn, so the layer has no training of its own.
                steps--;
                isIdle = true;
                return null;
            }

            if (NotFiniteParameter() is { } parameter)
            {
                return $"the proposed step of parameter {parameter} is no longer a finite number";
            }

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
                optimizer.Apply(proposal, share);
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
            batches[indices.Length] = batch = new Batch(
                inference,
                indices.Length,
                examples.Values is not null,
                state,
                random,
                rates
            );
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
                change.RowNorms(norms[l]);
                stepNorms[l] = norms[l];
                if (!float.IsFinite(TensorPrimitives.Sum<float>(norms[l])))
                {
                    return l;
                }
            }
        }

        return null;
    }

    /// <summary>
    /// Withdraws all that is proposed for other layers and their parameters; returns whether anything is proposed for
    /// this one.
    /// </summary>
    private bool KeepOnly(int layer)
    {
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (l != layer)
            {
                proposal.Withdraw(l);
            }
        }

        bool isProposed = proposal[layer] is not null;
        foreach (ParameterDeclaration declared in parameters)
        {
            if (declared.Layer is { } served && served != layer)
            {
                proposal.Withdraw(declared.Name);
            }

            isProposed |= declared.Layer == layer && proposal[declared.Name] is not null;
        }

        return isProposed;
    }

    /// <summary>Withdraws what is proposed for a layer and for the parameters that serve it.</summary>
    private void WithdrawLayer(int layer)
    {
        proposal.Withdraw(layer);
        foreach (ParameterDeclaration declared in parameters)
        {
            if (declared.Layer == layer)
            {
                proposal.Withdraw(declared.Name);
            }
        }
    }

    private string? NotFiniteParameter()
    {
        foreach (ParameterDeclaration declared in parameters)
        {
            if (
                proposal[declared.Name] is { } change
                && !TensorPrimitives.IsFiniteAll<float>(change.AsColumnMajorArray())
            )
            {
                return declared.Name;
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
            NetworkInference inference,
            int samples,
            bool isRegression,
            object? state,
            RandomStreams random,
            double[] rates
        )
        {
            FeedForwardNetwork network = inference.Network;
            Supervision supervision = inference.Rule.Supervision;
            Inputs = Matrix<float>.Build.Dense(network.Inputs, samples);
            Targets = Matrix<float>.Build.Dense(network.Outputs, samples);
            Forward = network.CreateRecord(samples);
            Step = new LearningStep(network, Forward, supervision == Supervision.Target ? Targets : null, state, random)
            {
                Errors = supervision == Supervision.ScalarError ? new float[samples] : null,
                Parameters = inference.Parameters,
                LearningRates = rates,
                TargetKind = isRegression ? TargetKind.Numbers : TargetKind.Classes,
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
