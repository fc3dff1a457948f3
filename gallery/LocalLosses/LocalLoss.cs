using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.LocalLosses;

/// <summary>
/// Trains each layer down a loss of its own, that of a linear classifier on its activity (prediction) or of the
/// similarities between samples (similarity). Nothing is carried between layers; the output layer descends the
/// network's loss by its own weights.
/// </summary>
/// <param name="prediction">Weight of the prediction loss, ≥ 0.</param>
/// <param name="similarity">Weight of the similarity loss, ≥ 0.</param>
/// <param name="headRate">What the learning rate of the classifiers is multiplied by.</param>
internal sealed class LocalLoss(double prediction, double similarity, double headRate)
{
    private const float Tiny = 1e-8f;

    /// <summary>
    /// The classifier of each hidden layer, classes × units, from 0; and for the similarity loss a matrix A,
    /// units × units, that is applied to the activity before similarities are taken.
    /// </summary>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network)
    {
        List<ParameterDeclaration> declared = [];
        for (int l = 0; l < network.HiddenLayers; l++)
        {
            int units = network.Layers[l].Outputs;
            if (prediction > 0)
            {
                declared.Add(
                    new ParameterDeclaration(Head(l), network.Outputs, units, ParameterDraw.Zero)
                    {
                        Layer = l,
                        RateFactor = headRate,
                        IsReadout = true,
                    }
                );
            }

            if (similarity > 0)
            {
                // The default of the authors' library for a linear layer.
                declared.Add(
                    new ParameterDeclaration(Map(l), units, units, ParameterDraw.Uniform(1 / Math.Sqrt(units)))
                    {
                        Layer = l,
                        IsReadout = true,
                    }
                );
            }
        }

        return declared;
    }

    public void Propose(LearningStep step, Proposal proposal)
    {
        Matrix<float> targets = step.Targets!;
        double total = 0;
        Matrix<float> wanted = similarity > 0 ? Similarities(targets, step.Forward.Layers[^1]).All : targets;
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];

            // δ = −∂L_l/∂u_l, with L_l the layer's own loss
            Matrix<float> delta = record.Scratch("delta");
            delta.Clear();
            total += prediction > 0 ? Predict(step, l, targets, delta, proposal) : 0;
            total += similarity > 0 ? Match(step, l, wanted, delta, proposal) : 0;
            step.Network.Layers[l].Activation.PullBack(record.PreActivation, record.Output, delta);
            proposal.For(l).Set(delta, record);
        }

        Matrix<float> top = step.Forward.Layers[^1].Scratch("delta");
        proposal.Loss = step.Descend(top);
        proposal.For(step.Network.HiddenLayers).Set(top, step.Forward.Layers[^1]);
        proposal.Note("localLoss", total);
    }

    private static string Head(int layer) => $"head{layer + 1}";

    private static string Map(int layer) => $"map{layer + 1}";

    /// <summary>
    /// L = −mean(t log q) with q = softmax(C h): adds −∂L/∂h = Cᵀ(t − q)/B to the direction, and proposes
    /// ΔC = (t − q) hᵀ/B.
    /// </summary>
    private double Predict(
        LearningStep step,
        int layer,
        Matrix<float> targets,
        Matrix<float> direction,
        Proposal proposal
    )
    {
        LayerRecord record = step.Forward.Layers[layer];
        Matrix<float> head = step.Parameters[Head(layer)],
            error = record.Scratch("head", targets.RowCount),
            back = record.Scratch("back");
        head.Multiply(record.Output, error);
        int classes = targets.RowCount;
        float[] q = error.AsColumnMajorArray(),
            t = targets.AsColumnMajorArray();
        double loss = 0;
        for (int start = 0; start < q.Length; start += classes)
        {
            Span<float> own = q.AsSpan(start, classes);
            Softmax.Apply(own, 1f, own);
            for (int k = 0; k < classes; k++)
            {
                loss -= t[start + k] * Math.Log(Math.Max(own[k], 1e-30));
                own[k] = (t[start + k] - own[k]) / record.Columns;
            }
        }

        head.TransposeThisAndMultiply(error, back);
        back.Multiply((float)prediction, back);
        direction.Add(back, direction);
        Matrix<float> change = proposal.For(Head(layer));
        error.TransposeAndMultiply(record.Output, change);
        change.Multiply((float)prediction, change);
        return prediction * loss / record.Columns;
    }

    /// <summary>
    /// L = mean over pairs of (S_ij − S*_ij)², with S the cosine similarities of A h, each sample centred: adds
    /// −∂L/∂h to the direction and proposes −∂L/∂A.
    /// </summary>
    private double Match(LearningStep step, int layer, Matrix<float> wanted, Matrix<float> direction, Proposal proposal)
    {
        LayerRecord record = step.Forward.Layers[layer];
        Matrix<float> map = step.Parameters[Map(layer)],
            mapped = record.Scratch("mapped");
        map.Multiply(record.Output, mapped);
        (Matrix<float> unit, float[] norms, Matrix<float> miss) = Similarities(mapped, record);
        miss.Subtract(wanted, miss);
        double pairs = (double)miss.RowCount * miss.ColumnCount,
            loss = 0;
        foreach (float value in miss.AsColumnMajorArray())
        {
            loss += (double)value * value;
        }

        // S is symmetric, so −∂L/∂n = −(4/B²) n (S − S*) for the unit columns n.
        Matrix<float> gradient = record.Scratch("gradient");
        unit.Multiply(miss, gradient);
        gradient.Multiply((float)(-4 * similarity / pairs), gradient);
        float[] g = gradient.AsColumnMajorArray(),
            n = unit.AsColumnMajorArray();
        int rows = unit.RowCount;
        for (int j = 0; j < norms.Length; j++)
        {
            // Through n = c/‖c‖ and c = a − mean(a): g ← (g − n⟨n, g⟩)/‖c‖, then minus its mean.
            Span<float> own = g.AsSpan(j * rows, rows);
            ReadOnlySpan<float> direct = n.AsSpan(j * rows, rows);
            TensorPrimitives.MultiplyAdd(direct, (float)-Sums.OfProducts(direct, own), own, own);
            TensorPrimitives.Divide(own, norms[j], own);
            TensorPrimitives.Subtract(own, (float)(Sums.Of(own) / rows), own);
        }

        map.TransposeThisAndMultiply(gradient, mapped);
        direction.Add(mapped, direction);
        gradient.TransposeAndMultiply(record.Output, proposal.For(Map(layer)));
        return similarity * (loss / pairs);
    }

    /// <summary>
    /// The columns centred and of norm 1, their norms before that, and the products of all pairs; in scratch of the
    /// layer.
    /// </summary>
    private static (Matrix<float> Unit, float[] Norms, Matrix<float> All) Similarities(
        Matrix<float> columns,
        LayerRecord record
    )
    {
        Matrix<float> unit = record.Scratch("unit", columns.RowCount),
            all = record.Scratch("similarities", record.Columns);
        columns.CopyTo(unit);
        float[] values = unit.AsColumnMajorArray(),
            norms = record.Scratch("norms", 1).AsColumnMajorArray();
        int rows = columns.RowCount;
        for (int j = 0; j < norms.Length; j++)
        {
            Span<float> own = values.AsSpan(j * rows, rows);
            TensorPrimitives.Subtract(own, (float)(Sums.Of(own) / rows), own);
            norms[j] = (float)Math.Sqrt(Sums.OfSquares(own)) + Tiny;
            TensorPrimitives.Divide(own, norms[j], own);
        }

        unit.TransposeThisAndMultiply(unit, all);
        return (unit, norms, all);
    }
}
