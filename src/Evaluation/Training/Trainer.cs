using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>The one training loop for every rule.</summary>
public static class Trainer
{
    /// <summary>Trains the network in place.</summary>
    /// <param name="random">Uses the streams <c>shuffle</c> and <c>dropout</c>, and those the rule asks for.</param>
    /// <param name="progress">Told the share done, in [0, 1].</param>
    public static TrainingOutcome Train(
        FeedForwardNetwork network, ILearningRule rule, TrainingSplit data, TrainingPlan plan, RandomStreams random,
        IReadOnlyList<ITrainingObserver> observers, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        Examples examples = data.Examples;
        NetworkOptimizer optimizer = new(network, plan.Optimizer, plan.LearningRate, plan.Constraint);
        Proposal proposal = new(network);
        object? state = rule.CreateState(network);
        Dictionary<int, Batch> buffers = [];
        float[][] norms = [.. network.Layers.Select(layer => new float[layer.Outputs])];
        float[]?[] stepNorms = new float[]?[norms.Length];
        int step = 0, stepsPerEpoch = (examples.Count + plan.Batch - 1) / plan.Batch;
        for (int epoch = 0; epoch < plan.Epochs; epoch++)
        {
            int[] order = Combinatorics.GeneratePermutation(examples.Count, random["shuffle"]);
            for (int start = 0; start < order.Length; start += plan.Batch)
            {
                cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<int> indices = order.AsSpan(start, Math.Min(plan.Batch, order.Length - start));
                if (!buffers.TryGetValue(indices.Length, out Batch? batch))
                {
                    buffers[indices.Length] = batch = new Batch(network, indices.Length, rule.Supervision);
                }

                batch.Fill(examples, indices);
                network.Forward(batch.Inputs, batch.Forward, random["dropout"]);
                proposal.Reset();
                rule.Propose(new LearningStep(network, batch.Forward, batch.Targets, state, random), proposal);
                step++;
                if (MeasureSteps(proposal, norms, stepNorms) is { } layer)
                {
                    return new TrainingOutcome(step, $"the proposed step of layer {layer + 1} is no longer a finite number");
                }

                optimizer.Apply(proposal);
                foreach (ITrainingObserver observer in observers)
                {
                    observer.OnStep(step, network, proposal, stepNorms);
                }

                if (step % 64 == 0)
                {
                    progress?.Invoke(step / (double)(stepsPerEpoch * plan.Epochs));
                }
            }
        }

        return new TrainingOutcome(step, FirstNonFiniteLayer(network) is { } broken ? $"the weights of layer {broken + 1} are no longer finite numbers" : null);
    }

    /// <summary>Fills the step norms; returns the first layer whose step is not finite.</summary>
    private static int? MeasureSteps(Proposal proposal, float[][] norms, float[]?[] stepNorms)
    {
        for (int l = 0; l < stepNorms.Length; l++)
        {
            stepNorms[l] = null;
            if (proposal[l] is { } change)
            {
                RowNorms.Compute(change.Weights, norms[l]);
                stepNorms[l] = norms[l];
                if (!float.IsFinite(TensorPrimitives.Sum<float>(norms[l])))
                {
                    return l;
                }
            }
        }

        return null;
    }

    private static int? FirstNonFiniteLayer(FeedForwardNetwork network)
    {
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (!TensorPrimitives.IsFiniteAll<float>(network.Layers[l].Weights.AsColumnMajorArray()))
            {
                return l;
            }
        }

        return null;
    }

    /// <summary>Buffers for batches of one size.</summary>
    private sealed class Batch(FeedForwardNetwork network, int samples, Supervision supervision)
    {
        public Matrix<float> Inputs { get; } = Matrix<float>.Build.Dense(network.Inputs, samples);

        public ForwardRecord Forward { get; } = network.CreateRecord(samples);

        /// <summary>One-hot; exists only for rules that may see it.</summary>
        public Matrix<float>? Targets { get; } = supervision == Supervision.Target ? Matrix<float>.Build.Dense(network.Outputs, samples) : null;

        public void Fill(Examples examples, ReadOnlySpan<int> indices)
        {
            examples.Gather(indices, Inputs);
            if (Targets is not null)
            {
                Targets.Clear();
                for (int j = 0; j < indices.Length; j++)
                {
                    Targets[examples.Labels[indices[j]], j] = 1f;
                }
            }
        }
    }
}
