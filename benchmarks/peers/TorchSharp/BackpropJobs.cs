using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Reproduction.TorchSharpPeer;

/// <summary>784-256-10 with ReLU, cross-entropy and AdamW, by modules and automatic differentiation.</summary>
internal sealed class Module : Job
{
    private readonly Sequential network = Sequential(Linear(784, 256), ReLU(), Linear(256, 10));
    private readonly optim.Optimizer optimizer;

    public Module(int batch)
    {
        Batch = batch;
        optimizer = optim.AdamW(network.parameters(), 1e-3);
    }

    public override int Batch { get; }

    public override bool NeedsGradient => true;

    public override void Step(Tensor x, Tensor labels)
    {
        optimizer.zero_grad();
        functional.cross_entropy(network.forward(x), labels).backward();
        optimizer.step();
    }
}

/// <summary>784-256-10 with its gradient written out, and AdamW in place on all parameters at once.</summary>
internal sealed class ByHand : Job
{
    private const double Rate = 1e-3,
        Decay = 0.01;

    private readonly Tensor values;
    private readonly Tensor gradient;
    private readonly Tensor m;
    private readonly Tensor v;
    private readonly Tensor[] parameters;
    private readonly Tensor[] slopes;
    private int steps;

    public ByHand(int batch)
    {
        Batch = batch;
        Tensor[] drawn = [.. new[] { Linear(784, 256), Linear(256, 10) }.SelectMany(layer => layer.parameters())];
        long[] sizes = [.. drawn.Select(parameter => parameter.numel())];
        values = cat([.. drawn.Select(parameter => parameter.detach().flatten())]);
        (gradient, m, v) = (zeros_like(values), zeros_like(values), zeros_like(values));
        parameters = [.. values.split(sizes).Zip(drawn, (part, like) => part.view(like.shape))];
        slopes = [.. gradient.split(sizes).Zip(drawn, (part, like) => part.view(like.shape))];
    }

    public override int Batch { get; }

    public override void Step(Tensor x, Tensor labels)
    {
        // Parameters: the hidden layer's weights and biases, then the output layer's.
        Tensor h = addmm(parameters[1], x, parameters[0].t(), 1, 1).relu_();
        Tensor error = addmm(parameters[3], h, parameters[2].t(), 1, 1).softmax(1);
        error.sub_(functional.one_hot(labels, 10)).div_(x.shape[0]);
        Tensor back = error.mm(parameters[2]).mul_(h > 0);
        slopes[0].copy_(back.t().mm(x));
        slopes[1].copy_(back.sum(0));
        slopes[2].copy_(error.t().mm(h));
        slopes[3].copy_(error.sum(0));

        steps++;
        values.mul_(1 - (Rate * Decay));
        m.lerp_(gradient, 0.1);
        v.mul_(0.999).addcmul_(gradient, gradient, 0.001);
        Tensor scale = v.sqrt().div_(Math.Sqrt(1 - Math.Pow(0.999, steps))).add_(1e-8);
        values.addcdiv_(m, scale, -Rate / (1 - Math.Pow(0.9, steps)));
    }
}
