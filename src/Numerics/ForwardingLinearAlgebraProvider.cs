using MathNet.Numerics.Providers.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// A linear-algebra provider that forwards every call to Math.NET's managed provider. That provider is sealed, so a
/// subclass of this class overrides the few operations that it does better.
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
