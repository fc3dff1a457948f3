using Reproduction.Network;

namespace Reproduction.Tests.Network;

public sealed class ProposalTests
{
    [Fact]
    public void Nothing_of_a_proposal_is_left_for_the_next_batch()
    {
        Proposal proposal = new(new FeedForwardNetwork([new DenseLayer(2, 3, PiecewiseLinear.Relu)]));
        proposal.For(0).Bias[0] = 1;
        proposal.Note("share", 0.5);
        proposal.Note("never", double.NaN);
        (proposal.Loss, proposal.Workings) = (2, this);
        Assert.Equal(["share"], proposal.Notes.Keys);
        Assert.NotNull(proposal[0]);
        proposal.Reset();
        Assert.Empty(proposal.Notes);
        Assert.Equal((null, null, null), (proposal[0], proposal.Loss, proposal.Workings));
    }
}
