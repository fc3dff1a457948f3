namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// Floating-point operations of a training step, a product and a sum counted as two; draws and what is done to single
/// numbers are left out.
/// </summary>
internal static class StepCost
{
    /// <summary>Operations of a step of backpropagation.</summary>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="outputs">Outputs of the network.</param>
    public static double OfBackprop(RunSpec spec, int inputs, int outputs)
    {
        int[] widths = [inputs, .. spec.Hidden, outputs];

        // Forward, the gradient of the weights, and but for the first layer that of the inputs.
        return Enumerable
            .Range(0, widths.Length - 1)
            .Sum(l => (l == 0 ? 2 : 3) * (2.0 * spec.Batch * widths[l] * widths[l + 1]));
    }

    /// <summary>Operations of a step of target propagation by least squares.</summary>
    /// <param name="count">Directions per layer; no more are used than a layer has inputs.</param>
    /// <param name="inputs">Inputs of the network.</param>
    /// <param name="outputs">Outputs of the network.</param>
    public static double OfTargetPropagation(RunSpec spec, int count, int inputs, int outputs)
    {
        int[] widths = [inputs, .. spec.Hidden, outputs];
        double total = 0;
        for (int l = 0; l < widths.Length - 1; l++)
        {
            double samples = spec.Batch,
                product = 2 * samples * widths[l] * widths[l + 1],
                dimension = widths[l] + 1,
                directions = Math.Min(count, dimension);

            // Weights: S = X̃ᵀD, SᵀS, SᵀdY, the solution, D·F.
            total +=
                product
                + (2 * samples * directions * dimension)
                + LeastSquares(samples, directions, widths[l + 1])
                + (2 * dimension * directions * widths[l + 1]);
            if (l > 0)
            {
                // Errors anew, S = W·D, and for every sample the solution and D·f.
                total +=
                    product
                    + (2 * widths[l + 1] * directions * widths[l])
                    + LeastSquares(widths[l + 1], directions, samples)
                    + (2 * widths[l] * directions * samples);
            }
        }

        return total;
    }

    /// <summary>SᵀS, SᵀE, the factorisation and the solutions.</summary>
    private static double LeastSquares(double rows, double directions, double columns) =>
        (2 * rows * directions * directions)
        + (2 * rows * directions * columns)
        + (directions * directions * directions / 3)
        + (2 * directions * directions * columns);
}
