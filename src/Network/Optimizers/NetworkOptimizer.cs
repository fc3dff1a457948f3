using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// Applies a rule's proposals to a network. On each layer that the rule proposed to change, the optimizer takes its
/// step and then the constraint is enforced.
/// </summary>
public sealed class NetworkOptimizer
{
    private readonly FeedForwardNetwork network;
    private readonly RuleParameters parameters;
    private readonly OptimizedArray[] weights;
    private readonly OptimizedArray[] biases;
    private readonly OptimizedArray[] own;

    /// <param name="learningRate">A finite number ≥ 0.</param>
    public NetworkOptimizer(
        FeedForwardNetwork network,
        OptimizerKind kind,
        double learningRate,
        WeightConstraint constraint
    )
        : this(network, RuleParameters.None, _ => new OptimizerSettings(kind, learningRate, constraint)) { }

    /// <param name="parameters">The rule's own parameters. Each has the optimizer and the rate of the layer that it
    /// serves, or of the first layer if it serves all, and a constraint of its own.</param>
    /// <param name="settings">The settings of each layer, by its index.</param>
    /// <exception cref="ArgumentOutOfRangeException">A learning rate is no finite number of at least 0.</exception>
    public NetworkOptimizer(
        FeedForwardNetwork network,
        RuleParameters parameters,
        Func<int, OptimizerSettings> settings
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(settings);
        this.network = network;
        this.parameters = parameters;
        OptimizerSettings[] layers = [.. network.Layers.Select((_, layer) => settings(layer))];
        weights = [.. layers.Zip(network.Layers, (own, layer) => new OptimizedArray(own, layer.Outputs))];
        biases = [.. layers.Select(own => new OptimizedArray(own with { Constraint = WeightConstraint.None }, 1))];
        own =
        [
            .. parameters.Declarations.Select(declared => new OptimizedArray(
                layers[declared.Layer ?? 0] with
                {
                    Constraint = declared.Constraint,
                    LearningRate = layers[declared.Layer ?? 0].LearningRate * declared.RateFactor,
                },
                declared.Rows
            )),
        ];
    }

    /// <summary>Applies a proposal.</summary>
    /// <param name="share">What every learning rate is multiplied by in this step, ≥ 0.</param>
    public void Apply(Proposal proposal, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (proposal[l] is not { } change)
            {
                continue;
            }

            DenseLayer layer = network.Layers[l];
            weights[l].Step(layer.Scaled, change, share);
            if (change.ChangesBias)
            {
                biases[l].Step(layer.Bias, change.Bias, share);
            }
        }

        for (int p = 0; p < own.Length; p++)
        {
            string name = parameters.Declarations[p].Name;
            if (proposal[name] is { } change)
            {
                own[p].Step(parameters[name], change, share);
            }
        }
    }

    private static Optimizer Create(OptimizerSettings settings) =>
        settings.LearningRate >= 0 && double.IsFinite(settings.LearningRate)
            ? settings.Kind switch
            {
                OptimizerKind.Sgd => new GradientDescent(settings.LearningRate),
                OptimizerKind.Momentum => new GradientDescent(settings.LearningRate, momentum: 0.9),
                OptimizerKind.Adamw => new AdamW(settings.LearningRate),
                _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Kind, null),
            }
            : throw new ArgumentOutOfRangeException(
                nameof(settings),
                settings.LearningRate,
                "A learning rate is a finite number of at least 0."
            );

    /// <summary>The optimizer and the constraint of one matrix or vector.</summary>
    private sealed class OptimizedArray(OptimizerSettings settings, int rows)
    {
        private readonly Optimizer optimizer = Create(settings);
        private readonly UnitRows? unitRows =
            settings.Constraint == WeightConstraint.UnitRows ? new UnitRows(rows) : null;

        /// <summary>Takes the optimizer's step for a layer's weights, then enforces the constraint.</summary>
        /// <param name="values">Rows × columns.</param>
        /// <param name="change">What is proposed, perhaps for few rows alone.</param>
        /// <param name="share">What the learning rate is multiplied by.</param>
        public void Step(ScaledRows values, LayerProposal change, double share)
        {
            if (change.ActiveRows is not { } active || !optimizer.LeavesIdle)
            {
                Step(values.Values, change.Values, share);
                return;
            }

            optimizer.LearningRate = settings.LearningRate * share;
            if (unitRows is not null)
            {
                unitRows.Step(optimizer, values, change);
            }
            else
            {
                optimizer.StepRows(values.Values, change.ActiveValues!, active.Span);
            }
        }

        /// <summary>Takes the optimizer's step along the direction, then enforces the constraint.</summary>
        /// <param name="values">Rows × columns.</param>
        /// <param name="direction">Rows × columns.</param>
        /// <param name="share">What the learning rate is multiplied by.</param>
        public void Step(Matrix<float> values, Matrix<float> direction, double share)
        {
            optimizer.LearningRate = settings.LearningRate * share;
            if (unitRows is not null)
            {
                unitRows.Step(optimizer, values, direction);
            }
            else
            {
                optimizer.Step(values.AsColumnMajorArray(), direction.AsColumnMajorArray());
            }
        }

        /// <summary>Takes the optimizer's step for a vector.</summary>
        public void Step(Vector<float> values, Vector<float> direction, double share)
        {
            optimizer.LearningRate = settings.LearningRate * share;
            optimizer.Step(values.AsArray(), direction.AsArray());
        }
    }
}
