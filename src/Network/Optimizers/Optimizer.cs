using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>Applies proposed changes to one parameter array; one object a parameter, for it may hold moments.</summary>
public abstract class Optimizer
{
    private const int ParallelThreshold = 1 << 14;

    /// <summary>
    /// Changes <paramref name="parameters"/> along <paramref name="direction"/>, the wanted change per unit of learning
    /// rate.
    /// </summary>
    public void Step(float[] parameters, float[] direction)
    {
        Begin(parameters.Length);
        ComputeThreads.ForRanges(
            parameters.Length,
            1024,
            parameters.Length >= ParallelThreshold,
            (optimizer: this, parameters, direction),
            static (work, start, end) =>
                work.optimizer.Move(
                    work.parameters.AsSpan(start, end - start),
                    work.direction.AsSpan(start, end - start),
                    start
                )
        );
    }

    /// <summary>Begins a step: whatever is common to all parameters.</summary>
    /// <param name="parameters">Their number, always the same.</param>
    public abstract void Begin(int parameters);

    /// <summary>
    /// Does the step for a part of the parameters; each is to be changed once a step. Parts may be changed at the same
    /// time.
    /// </summary>
    /// <param name="parameters">The part.</param>
    /// <param name="direction">The wanted change of the part.</param>
    /// <param name="offset">Where the part begins among all parameters.</param>
    public abstract void Move(Span<float> parameters, ReadOnlySpan<float> direction, int offset);
}
