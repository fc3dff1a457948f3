using static TorchSharp.torch;

namespace Reproduction.TorchSharpPeer;

/// <summary>A network and its learning rule, as one would write them in TorchSharp.</summary>
internal abstract class Job
{
    /// <summary>Samples per step.</summary>
    public virtual int Batch => 32;

    public virtual bool NeedsGradient => false;

    /// <summary>Learns from one batch.</summary>
    /// <param name="x">Samples × inputs.</param>
    /// <param name="labels">One class per sample.</param>
    public abstract void Step(Tensor x, Tensor labels);
}
