using MathNet.Numerics.Providers.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// A linear-algebra provider that hands every call to Math.NET's managed one. That provider is sealed, so this class is
/// where a
/// subclass overrides the few operations it does better.
/// </summary>
public abstract partial class ForwardingLinearAlgebraProvider : ILinearAlgebraProvider
{
    private static ManagedLinearAlgebraProvider Managed => ManagedLinearAlgebraProvider.Instance;

    /// <inheritdoc/>
    public virtual bool IsAvailable() => true;

    /// <inheritdoc/>
    public virtual void InitializeVerify() { }

    /// <inheritdoc/>
    public virtual void FreeResources() { }
}
