using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Reproduction.TorchSharpPeer;

/// <summary>What the Hebbian rules share: weights as they are drawn, and a running mean.</summary>
internal abstract class HebbianJob : Job
{
    protected const double Rate = 0.05;

    private Tensor? mean;

    protected static Tensor Draw(int outputs, int inputs) =>
        randn(outputs, inputs) * (5 * Math.Sqrt(Math.PI / (2 * inputs)));

    protected Tensor Mean(Tensor y, double decay)
    {
        mean = mean is null ? y.mean([0]).DetachFromDisposeScope() : mean.mul_(decay).add_(y.mean([0]), 1 - decay);
        return mean;
    }

    protected static void Normalise(Tensor rows) => rows.div_(rows.norm(1, true));
}

/// <summary>ΔW = Σ_B a xᵀ, where a is the softmax of the activity above its mean, kept for the winner alone.</summary>
internal sealed class Competitive(int units, bool isSparse) : HebbianJob
{
    private readonly Tensor weights = Draw(units, 784);

    public override void Step(Tensor x, Tensor labels)
    {
        Tensor y = x.mm(weights.t()).relu_();
        y.sub_(Mean(y, 0.95));
        Tensor a = functional.softmax(y, 1);
        (Tensor value, Tensor winner) = a.max(1, keepdim: true);
        value.mul_(value > 1.0 / units);
        if (!isSparse)
        {
            a.zero_().scatter_(1, winner, value);
            weights.addmm_(a.t(), x, 1, (float)Rate);
            Normalise(weights);
            return;
        }

        (Tensor rows, Tensor? place, _) = winner.flatten().unique(return_inverse: true);
        Tensor masked = zeros(rows.shape[0], x.shape[0]).scatter_(0, place!.unsqueeze(0), value.t());
        Tensor changed = weights.index_select(0, rows).addmm_(masked, x, 1, (float)Rate);
        Normalise(changed);
        weights.index_copy_(0, rows, changed);
    }
}

/// <summary>ΔW_o = ±η·S_o for the fifth of the rows of S = Σ_B (y − T) xᵀ with the largest norms.</summary>
internal sealed class HebbNet(int units, bool isSparse) : HebbianJob
{
    private const double Sparsity = 0.8;

    private readonly Tensor weights = Draw(units, 784);

    public override void Step(Tensor x, Tensor labels)
    {
        Tensor y = x.mm(weights.t()).relu_();
        y.sub_(Mean(y, 0.05));
        Tensor s = y.t().mm(x),
            norms = s.norm(1);
        Tensor learns = norms >= quantile(norms, tensor(Sparsity, ScalarType.Float32)),
            largest = norms.argmax();
        if (!isSparse)
        {
            Tensor sign = where(learns, tensor((float)-Rate), tensor(0f));
            sign[largest] = tensor((float)Rate);
            weights.addcmul_(s, sign.unsqueeze(1), 1);
            Normalise(weights);
            return;
        }

        Tensor rows = learns.nonzero().flatten();
        Tensor signs = where(rows == largest, tensor((float)Rate), tensor((float)-Rate));
        Tensor changed = weights.index_select(0, rows).addcmul_(s.index_select(0, rows), signs.unsqueeze(1), 1);
        Normalise(changed);
        weights.index_copy_(0, rows, changed);
    }
}

/// <summary>ΔW_oi = mean_B( a_o (x_i − u_o W_oi) ), in the hidden layer and in the output layer.</summary>
internal sealed class SoftHebb(int units) : HebbianJob
{
    private readonly Tensor weights = Draw(units, 784);
    private readonly Tensor head = Draw(10, units);

    public override void Step(Tensor x, Tensor labels)
    {
        Tensor u = x.mm(weights.t()),
            y = u.relu(),
            v = y.mm(head.t());
        Move(weights, WinnerLearns(functional.softmax(y, 1)), u, x);
        Move(head, WinnerLearns(functional.softmax(functional.softmax(v, 1), 1)), v, y);
    }

    private static Tensor WinnerLearns(Tensor a)
    {
        (Tensor value, Tensor winner) = a.max(1, keepdim: true);
        return a.neg_().scatter_(1, winner, value);
    }

    private static void Move(Tensor weights, Tensor a, Tensor u, Tensor x)
    {
        Tensor decay = (a * u).mean([0]).unsqueeze(1);
        weights.mul_(1 - (Rate * decay)).addmm_(a.t(), x, 1, (float)(Rate / x.shape[0]));
    }
}
