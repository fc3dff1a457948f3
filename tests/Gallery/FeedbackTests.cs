using Gallery.FeedbackAlignment;
using Gallery.SignSymmetry;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Tests.Gallery;

/// <summary>Rules that carry errors down by other weights than the transposed ones.</summary>
public sealed class FeedbackTests
{
    private static readonly int[] Widths = [7, 6, 5, 3];

    [Fact]
    public void Feedback_alignment_with_the_transposed_weights_is_backpropagation()
    {
        Rig rig = new(new FeedbackAlignment(), Widths, "tanh");
        Proposal fixedFeedback = rig.Propose();
        double before = Rig.Cosine(fixedFeedback[0]!.Weights, rig.Backpropagated(0));
        rig.Network.Layers[1].Weights.Transpose().CopyTo(rig.Parameters["feedback1"]);
        rig.Network.Layers[2].Weights.Transpose().CopyTo(rig.Parameters["feedback2"]);
        Proposal proposal = rig.Propose();
        for (int l = 0; l < 3; l++)
        {
            Rig.AssertClose(rig.Backpropagated(l), proposal[l]!.Weights, 1e-5);
        }

        Assert.InRange(before, -0.9, 0.9);
    }

    [Fact]
    public void Direct_feedback_alignment_with_the_products_of_the_weights_is_backpropagation_of_a_linear_network()
    {
        Rig rig = new(new DirectFeedbackAlignment(), Widths, "identity");
        Matrix<float> second = rig.Network.Layers[1].Weights,
            third = rig.Network.Layers[2].Weights;
        (third * second).Transpose().CopyTo(rig.Parameters["feedback1"]);
        third.Transpose().CopyTo(rig.Parameters["feedback2"]);
        Proposal proposal = rig.Propose();
        for (int l = 0; l < 3; l++)
        {
            Rig.AssertClose(rig.Backpropagated(l), proposal[l]!.Weights, 1e-5);
        }
    }

    [Theory]
    [InlineData(Magnitude.Uniform)]
    [InlineData(Magnitude.Fixed)]
    [InlineData(Magnitude.Redrawn)]
    public void Sign_symmetry_carries_errors_by_signs(Magnitude magnitude)
    {
        Rig rig = new(new SignSymmetry(new SignSymmetryOptions { Magnitude = magnitude }), [7, 6, 3], "identity");
        Proposal proposal = rig.Propose();
        Rig.AssertClose(rig.Backpropagated(1), proposal[1]!.Weights, 1e-5);

        // With one hidden layer of linear units, ΔW₁ = (M ⊙ sign(W₂))ᵀ e xᵀ and ΔW₂ = e hᵀ.
        Matrix<float> output = rig.Network.Layers[1].Weights,
            size = magnitude == Magnitude.Fixed
                ? rig.Parameters["magnitude2"].PointwiseAbs()
                : Matrix<float>.Build.Dense(3, 6, MathF.Sqrt(2f / 6));
        ForwardRecord record = rig.Network.CreateRecord(rig.Input.ColumnCount);
        rig.Network.Forward(rig.Input, record);
        Matrix<float> error = (rig.Targets - record.Output) / rig.Input.ColumnCount,
            expected = size.PointwiseMultiply(output.PointwiseSign()).Transpose() * error * rig.Input.Transpose();
        if (magnitude == Magnitude.Redrawn)
        {
            Matrix<float> first = proposal[0]!.Weights.Clone(),
                again = rig.Propose()[0]!.Weights;
            Assert.NotEqual(first, again);
            Assert.InRange(Rig.Cosine(expected, first), 0.5, 0.9999);
        }
        else
        {
            Rig.AssertClose(expected, proposal[0]!.Weights, 1e-5);
        }
    }
}
