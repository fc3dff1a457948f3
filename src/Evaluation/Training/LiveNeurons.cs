using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// The shares of the first hidden layer's neurons that have learned something. A neuron is displaced if its weights
/// point elsewhere than they were drawn. It is structured if its weights look like an image rather than noise:
/// neighbouring pixels are alike, at a level of 1 %. A neuron that is both is live; the others are dead.
/// </summary>
/// <param name="Displaced">The share of displaced neurons, in [0, 1].</param>
/// <param name="Structured">The share of structured neurons, whose weights are spatially autocorrelated, in [0, 1]; 1 %
/// for noise.</param>
/// <param name="Live">The share of live neurons, in [0, 1].</param>
public sealed record LiveNeurons(double Displaced, double Structured, double Live)
{
    /// <summary>The probability that noise counts as structured.</summary>
    public const double Level = 0.01;

    /// <summary>
    /// Sine of the smallest angle that counts as displaced: half a degree. Rescaling a row is not a displacement.
    /// </summary>
    public const double SmallestSine = 0.01;

    /// <param name="initial">Weights as drawn, neurons × pixels.</param>
    /// <param name="final">Weights after training, neurons × pixels.</param>
    public static LiveNeurons Of(Matrix<float> initial, Matrix<float> final, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(final);
        SpatialAutocorrelation autocorrelation = new(shape);
        int neurons = final.RowCount,
            displaced = 0,
            structured = 0,
            live = 0;
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            float[] before = initial.Row(neuron).AsArray(),
                now = final.Row(neuron).AsArray();
            bool isDisplaced = Sine(before, now) > SmallestSine,
                isStructured = autocorrelation.Significance(now) < Level;
            displaced += isDisplaced ? 1 : 0;
            structured += isStructured ? 1 : 0;
            live += isDisplaced && isStructured ? 1 : 0;
        }

        return new LiveNeurons((double)displaced / neurons, (double)structured / neurons, (double)live / neurons);
    }

    /// <summary>
    /// Returns the sine of the angle between two vectors as ‖b − (a·b/a·a)·a‖/‖b‖, which keeps small angles from being
    /// lost to rounding.
    /// </summary>
    private static double Sine(float[] a, float[] b)
    {
        double ab = 0,
            aa = 0,
            bb = 0,
            rest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        for (int i = 0; i < a.Length; i++)
        {
            double d = b[i] - (aa > 0 ? ab / aa * a[i] : 0);
            rest += d * d;
        }

        return bb > 0 ? Math.Sqrt(rest / bb) : 0;
    }
}
