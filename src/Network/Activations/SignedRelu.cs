using MathNet.Numerics.LinearAlgebra;
using Lanes = System.Numerics.Vector<float>;
using Vector = System.Numerics.Vector;

namespace Reproduction.Network;

/// <summary>
/// y_k = s_k·max(u_k, 0) with s_k = +1 for even units and −1 for odd ones: the signed rectifiers of Kickback (Balduzzi,
/// Vanchinathan and Buhmann 2015), half of each sign. At u = 0 the derivative is 0.
/// </summary>
public sealed class SignedRelu : Activation
{
    // A vector has an even number of lanes. Starting at an even unit, its lanes therefore always have these signs.
    private static readonly Lanes Signs = new([
        .. Enumerable.Range(0, Lanes.Count).Select(lane => lane % 2 == 0 ? 1f : -1f),
    ]);

    /// <inheritdoc/>
    public override string Name => "signed-relu";

    /// <inheritdoc/>
    public override float SignOf(int unit) => unit % 2 == 0 ? 1f : -1f;

    /// <inheritdoc/>
    public override void Apply(Matrix<float> preActivation, Matrix<float> output) =>
        Scale(preActivation, preActivation, output);

    /// <inheritdoc/>
    public override void PullBack(Matrix<float> preActivation, Matrix<float> output, Matrix<float> gradient) =>
        Scale(preActivation, gradient, gradient);

    /// <summary>target = source · (u &gt; 0 ? s : 0).</summary>
    private void Scale(Matrix<float> preActivation, Matrix<float> source, Matrix<float> target)
    {
        int units = preActivation.RowCount;
        float[] pre = preActivation.AsColumnMajorArray(),
            from = source.AsColumnMajorArray(),
            to = target.AsColumnMajorArray();
        for (int start = 0; start < pre.Length; start += units)
        {
            int i = 0;
            for (; i <= units - Lanes.Count; i += Lanes.Count)
            {
                Lanes slope = Vector.ConditionalSelect(
                    Vector.GreaterThan(new Lanes(pre, start + i), Lanes.Zero),
                    Signs,
                    Lanes.Zero
                );
                (new Lanes(from, start + i) * slope).CopyTo(to, start + i);
            }

            for (; i < units; i++)
            {
                to[start + i] = from[start + i] * (pre[start + i] > 0f ? SignOf(i) : 0f);
            }
        }
    }
}
